using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.Cli;

public sealed class PrefixWatchTests : CliTest
{
    [Fact]
    public async Task It_prints_the_current_values_and_every_change_and_how_to_go_on()
    {
        await SetAsync("app/a", "one", "two");
        await SetAsync("other", "one");
        await using var watch = new WatchRun(AtHost, "watch", "--prefix", "app/");
        Assert.Equal(["app/a", "2", "two"], await CellsAsync(watch));
        await SetAsync("other", "two");
        await SetAsync("app/b", "one");
        Assert.Equal(["app/b", "1", "one"], await CellsAsync(watch));
        Assert.Equal(ExitCode.Ok, await watch.InterruptAsync());

        var cursor = watch.Error.Split("--after ")[1].Trim();
        await SetAsync("app/a", "three");
        await using var next = new WatchRun(AtHost, "watch", "--prefix", "app/", "--after", cursor);
        Assert.Equal(["app/a", "3", "three"], await CellsAsync(next));
    }

    [Fact]
    public async Task A_gap_is_told_and_the_current_values_follow()
    {
        await SetAsync("app/a", "one", "two");
        Registers.ChangesLost = 2;
        var lost = new PrefixCursor(Guid.Empty, 1, null, []).ToString();
        await using var watch = new WatchRun(AtHost, "watch", "--prefix", "app/", "--after", lost, "--json");
        Assert.Contains("\"name\":\"app/a\",\"version\":2", await watch.LineAsync());
        Assert.Contains("cannot go on without a gap", watch.Error);
    }

    [Theory]
    [InlineData("--prefix", new[] { "watch" })]
    [InlineData("exclude each other", new[] { "watch", "a", "--prefix", "b/" })]
    [InlineData("a cursor", new[] { "watch", "--prefix", "b/", "--after", "7" })]
    [InlineData("a version", new[] { "watch", "a", "--after", "x" })]
    public async Task Wrong_input_is_named(string named, string[] arguments)
    {
        (await PaxosAsync(arguments)).Failed(ExitCode.BadArgument, named);
    }

    [Fact]
    public async Task A_followed_export_keeps_the_file_true()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "settings.json");
        await SetAsync("app/a", "1");
        await using var export = new WatchRun(AtHost, "export", "--prefix", "app/", "--follow", file);
        await UntilAsync(export, file, "\"a\": 1");
        await SetAsync("app/b", "2");
        await UntilAsync(export, file, "\"b\": 2");
        await Registers.ChangeAsync("app/a", Change.Delete());
        await Registers.ChangeAsync("app/b", Change.Delete());
        await UntilAsync(export, file, "{}\n");
        Assert.Equal([file], Directory.GetFiles(directory.Path));
        Assert.Equal(ExitCode.Ok, await export.InterruptAsync());
    }

    [Fact]
    public async Task A_register_that_no_settings_file_can_hold_leaves_the_file_as_it_is()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "settings.json");
        await SetAsync("app/a", "1");
        await using var export = new WatchRun(AtHost, "export", "--prefix", "app/", "--follow", file);
        await UntilAsync(export, file, "\"a\": 1");
        await Registers.ChangeAsync("app/b", Change.Set([0xff]));
        await export.UntilErrorAsync("was left as it is");
        Assert.Contains("\"a\": 1", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        await Registers.ChangeAsync("app/b", Change.Delete());
        await SetAsync("app/a", "2");
        await UntilAsync(export, file, "\"a\": 2");
    }

    [Fact]
    public async Task A_file_that_could_not_be_written_for_lack_of_a_majority_is_written_when_there_is_one()
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "settings.json");
        await SetAsync("app/a", "1");
        await using var export = new WatchRun(AtHost, "export", "--prefix", "app/", "--follow", file);
        await UntilAsync(export, file, "\"a\": 1");
        Registers.ListFailure = new QuorumUnavailableException(["a1"], 2);
        await SetAsync("app/a", "2");
        await export.UntilErrorAsync("until the registers can be read again");
        Registers.ListFailure = null;
        await UntilAsync(export, file, "\"a\": 2");
    }

    private static async Task<string[]> CellsAsync(WatchRun watch)
    {
        var cells = (await watch.LineAsync()).Split('\t');
        return [cells[0], cells[1], cells[4]];
    }

    private static Task UntilAsync(WatchRun export, string file, string part) =>
        export.UntilAsync(() => File.Exists(file) && File.ReadAllText(file).Contains(part, StringComparison.Ordinal));
}
