using System.Text;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>What <c>paxos backup</c> writes, and what <c>paxos backup --verify</c> finds.</summary>
public sealed class BackupTests : IDisposable
{
    private readonly BackedUpWorld _world = new();
    private readonly TemporaryDirectory _folder = new();

    private string File => Path.Combine(_folder.Path, "registers.backup");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_says_what_it_has_and_verify_says_the_same()
    {
        await _world.SetAsync("a", "1", "2");
        await _world.SetAsync("b", "1");
        await _world.ChangeAsync("b", Change.Delete());
        await _world.SetAsync("!locks/jobs", "{}");
        await _world.SetAsync("!sessions/3f2a91c05b7d4e0e9a530c4d5e6f7a8b", "{}");
        var made = (await _world.RunAsync("backup", File)).Succeeded().Output;
        Assert.Contains("whole; 3 registers, 1 of them deleted, 5 versions, 0 watermarks", made);
        Assert.Equal(made, (await _world.RunAsync("backup", "--verify", File)).Succeeded().Output);
        Assert.Contains("\"registers\":3,\"deleted\":1,\"versions\":5", (await _world.RunAsync("backup", "--verify", File, "--json")).Succeeded().Output);
        Assert.DoesNotContain("sessions", await TextAsync());
        Assert.Equal([File], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task A_backup_of_nothing_is_whole()
    {
        Assert.Contains("whole; 0 registers,", (await _world.RunAsync("backup", File)).Succeeded().Output);
        Assert.Contains("whole; 0 registers,", (await _world.RunAsync("backup", "--verify", File)).Succeeded().Output);
    }

    [Fact]
    public async Task With_a_prefix_it_has_what_is_below()
    {
        await _world.SetAsync("app/a", "1");
        await _world.SetAsync("other", "1");
        await _world.SetAsync("!locks/jobs", "{}");
        Assert.Contains("whole; 1 registers below 'app/'", (await _world.RunAsync("backup", File, "--prefix", "app/")).Succeeded().Output);
        Assert.Contains("whole; 1 registers below '!locks/'", (await _world.RunAsync("backup", File, "--prefix", "!locks/")).Succeeded().Output);
    }

    [Fact]
    public async Task A_file_that_was_cut_off_anywhere_is_not_whole()
    {
        await FillAsync(2300);
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        var ends = Enumerable.Range(0, bytes.Length).Where(index => bytes[index] == '\n').Select(static index => index + 1).ToList();
        var partEnds = ends.Where(end => Encoding.UTF8.GetString(bytes, 0, end).Split('\n')[^2].StartsWith("{\"part\"", StringComparison.Ordinal)).ToList();
        Assert.True(partEnds.Count > 2);
        foreach (var length in partEnds.Concat(ends.Where((_, index) => index % 400 == 0)).Where(length => length < bytes.Length).SelectMany(static end => (int[])[end - 1, end, end + 1]))
        {
            await System.IO.File.WriteAllBytesAsync(File, bytes[..length], TestContext.Current.CancellationToken);
            (await _world.RunAsync("backup", "--verify", File)).Failed(ExitCode.BadArgument, "is not whole", "Take another backup");
        }
    }

    [Fact]
    public async Task Whatever_bit_is_flipped_it_is_found()
    {
        await FillAsync(20);
        var bytes = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        for (var bit = 0; bit < 8 * bytes.Length; bit += 13)
        {
            var damaged = bytes.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            await System.IO.File.WriteAllBytesAsync(File, damaged, TestContext.Current.CancellationToken);
            var result = await _world.RunAsync("backup", "--verify", File);
            Assert.True(result.ExitCode == ExitCode.BadArgument, $"bit {bit}: exit code {result.ExitCode}, {result.Error}");
            result.Failed(ExitCode.BadArgument, "Nothing was written");
        }
    }

    [Theory]
    [InlineData("swap", "is damaged at line")]
    [InlineData("drop", "is damaged at line")]
    [InlineData("twice", "is damaged at line")]
    [InlineData("more", "something follows the last line")]
    [InlineData("later", "is a backup of format 2")]
    [InlineData("settings", "is no backup")]
    public async Task Lines_that_are_moved_added_or_taken_away_are_found(string how, string says)
    {
        await FillAsync(20);
        var lines = (await TextAsync()).Split('\n').ToList();
        switch (how)
        {
            case "swap":
                (lines[3], lines[4]) = (lines[4], lines[3]);
                break;
            case "drop":
                lines.RemoveAt(3);
                break;
            case "twice":
                lines.Insert(3, lines[3]);
                break;
            case "more":
                lines[^1] = "{}\n";
                break;
            case "later":
                lines[0] = lines[0].Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal);
                break;
            default:
                lines = ["{\"Logging\":{}}", ""];
                break;
        }

        await System.IO.File.WriteAllTextAsync(File, string.Join('\n', lines), TestContext.Current.CancellationToken);
        (await _world.RunAsync("backup", "--verify", File)).Failed(ExitCode.BadArgument, says);
    }

    [Fact]
    public async Task An_interrupted_backup_leaves_the_file_that_was_there_and_no_other()
    {
        await System.IO.File.WriteAllTextAsync(File, "yesterday", TestContext.Current.CancellationToken);
        for (var index = 0; index < 1500; index++)
            await _world.SetAsync($"r/{index:D4}", "x");
        using var interrupt = new CancellationTokenSource();
        _world.BeforeCall = call =>
        {
            if (call == 3)
                interrupt.Cancel();
        };
        Assert.Equal(ExitCode.Interrupted, (await _world.RunAsync(interrupt.Token, "backup", File)).ExitCode);
        Assert.Equal("yesterday", await TextAsync());
        Assert.Equal([File], Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData("backup", "FILE", "--prefix", "!sessions/")]
    [InlineData("backup", "FILE", "--prefix", "a//b")]
    [InlineData("backup", "--verify", "FILE", "--prefix", "app/")]
    [InlineData("backup", "--verify", "MISSING")]
    [InlineData("backup", "FOLDER")]
    [InlineData("restore", "MISSING")]
    [InlineData("restore", "FILE", "--bump", "0")]
    public async Task What_cannot_be_done_is_exit_2(params string[] arguments)
    {
        await FillAsync(1);
        arguments = [.. arguments.Select(argument => argument switch { "FILE" => File, "MISSING" => $"{File}.missing", "FOLDER" => _folder.Path, _ => argument })];
        (await _world.RunAsync(arguments)).Failed(ExitCode.BadArgument);
    }

    private async Task FillAsync(int registers)
    {
        for (var index = 0; index < registers; index++)
            await _world.SetAsync($"r/{index:D4}", $"value {index}");
        (await _world.RunAsync("backup", File)).Succeeded();
    }

    private Task<string> TextAsync() => System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
}
