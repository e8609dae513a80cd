using System.Text;
using Orleans.Paxos.Cli.Errors;
using Orleans.Paxos.Tests.Http;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>Deleting many registers: by prefix, or because an import is strict.</summary>
public sealed class DeletionTests
{
    private readonly SettingsFixture _settings = new();

    private FakeRegisterClient Registers => _settings.Registers;

    [Fact]
    public async Task Delete_by_prefix_deletes_what_is_below_it_and_nothing_else()
    {
        await SetAsync("app/a", "app/b/c", "app/~shape", "apple", "other");
        var result = await RunAsync("delete", "--prefix", "app", "--yes");
        Assert.Equal(["deleted app/a version 2", "deleted app/b/c version 2", "deleted app/~shape version 2"], result.Succeeded().Lines[..^1].Order());
        Assert.EndsWith("3 deleted", result.Lines[^1]);
        Assert.Equal(["apple", "other"], await NamesAsync());
        (await RunAsync("delete", "--prefix", "app/", "--yes")).Failed(ExitCode.Refused, "'app/'");
    }

    [Fact]
    public async Task A_strict_import_leaves_what_is_in_the_file_and_nothing_else_below_the_prefix()
    {
        await SetAsync("app/old", "app/Kept", "app/inner/~shape", "other");
        (await _settings.ImportAsync("""{"gone":{"x":1},"empty":{}}""", "--prefix", "app/")).Succeeded();
        var result = await _settings.ImportAsync("""{"kept":"x","new":1}""", "--prefix", "app/", "--strict", "--yes");
        Assert.Equal("1 created, 0 changed, 1 unchanged, 0 failed, 3 deleted", result.Succeeded().Lines[^1]);
        Assert.Equal(["app/Kept", "app/new", "app/~shape", "other"], await NamesAsync());
        Assert.Equal("""{"kept":"","new":0}""", await _settings.ValueAsync("app/~shape"));
    }

    [Theory]
    [InlineData("delete", "--prefix", "app/")]
    [InlineData("import", "-", "--prefix", "app/", "--strict")]
    public async Task Without_a_terminal_and_without_yes_nothing_is_written(params string[] command)
    {
        await SetAsync("app/a", "app/b");
        (await RunAsync(command)).Failed(ExitCode.BadArgument, "deletes 2 registers", "no terminal", "Nothing was written", "--yes");
        Assert.Equal(2, Registers.Changes);
    }

    [Theory]
    [InlineData("delete", "--prefix", "app/")]
    [InlineData("import", "-", "--prefix", "app/", "--strict")]
    public async Task A_dry_run_says_what_would_be_deleted(params string[] command)
    {
        await SetAsync("app/a", "app/b");
        var result = await RunAsync([.. command, "--dry-run"]);
        Assert.Equal(["would delete app/a", "would delete app/b"], result.Succeeded().Lines[..^1].Order());
        Assert.Equal(2, Registers.Changes);
    }

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("YES\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public async Task A_person_sees_the_names_and_is_asked(string answer, bool isConsent)
    {
        await SetAsync("app/a", "app/b");
        var result = await new CliRun { Connect = _settings.ConnectAsync, Terminal = true, Input = Encoding.UTF8.GetBytes(answer) }.RunAsync("delete", "--prefix", "app/");
        Assert.StartsWith("  app/a\n  app/b\nDelete 2 registers? [y/N] ", result.Error);
        Assert.Equal(isConsent ? ExitCode.Ok : ExitCode.Refused, result.ExitCode);
        Assert.Equal(isConsent ? [] : ["app/a", "app/b"], await NamesAsync());
        if (!isConsent)
            Assert.EndsWith("Nothing was written.\n", result.Error);
    }

    [Fact]
    public async Task A_person_is_asked_before_a_strict_import_writes_anything()
    {
        await SetAsync("app/a");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{"b":1}""", TestContext.Current.CancellationToken);
        var run = new CliRun { Connect = _settings.ConnectAsync, Terminal = true, Input = "n\n"u8.ToArray() };
        var result = await run.RunAsync("import", file, "--prefix", "app/", "--strict");
        Assert.Equal(ExitCode.Refused, result.ExitCode);
        Assert.Contains("  app/a\nDelete 1 register? [y/N] ", result.Error);
        Assert.Equal(["app/a"], await NamesAsync());
        File.Delete(file);
    }

    [Fact]
    public async Task A_strict_import_that_deletes_nothing_asks_nothing() =>
        (await _settings.ImportAsync("""{"a":1}""", "--strict")).Succeeded();

    [Fact]
    public async Task What_somebody_changes_meanwhile_is_left_as_it_is()
    {
        await SetAsync("app/a", "app/b");
        var racing = new RacingRegisters(Registers, "app/a", "theirs");
        var result = await new CliRun { Connect = racing.ConnectAsync }.RunAsync("delete", "--prefix", "app/", "--yes");
        result.Failed(ExitCode.Refused, "'app/a' was changed by somebody else during the deletion", "to version 2");
        Assert.Equal(["app/a"], await NamesAsync());
    }

    [Theory]
    [InlineData("delete", "NAME or --prefix")]
    [InlineData("delete a --prefix b", "NAME or --prefix")]
    [InlineData("delete --prefix a --version 7", "--version is for one register")]
    [InlineData("delete --prefix a --request-id 3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b", "--request-id is for one register")]
    [InlineData("delete a --dry-run", "--dry-run goes with --prefix only")]
    [InlineData("delete --yes --prefix a//", "empty segment")]
    public async Task A_wrong_command_line_deletes_nothing(string line, string words)
    {
        await SetAsync("a");
        (await RunAsync(line.Split(' '))).Failed(ExitCode.BadArgument, words);
        Assert.Equal(["a"], await NamesAsync());
    }

    [Fact]
    public async Task An_empty_prefix_does_not_delete_everything()
    {
        await SetAsync("a");
        (await RunAsync("delete", "--prefix", "", "--yes")).Failed(ExitCode.BadArgument, "every register would be deleted");
        Assert.Equal(["a"], await NamesAsync());
    }

    private Task<CliResult> RunAsync(params string[] command) => new CliRun { Connect = _settings.ConnectAsync, Input = "{}"u8.ToArray() }.RunAsync(command);

    private async Task SetAsync(params string[] names)
    {
        foreach (var name in names)
            await _settings.SetAsync(name, name.EndsWith("~shape", StringComparison.Ordinal) ? "{}" : "x");
    }

    private async Task<string[]> NamesAsync() => [.. (await Registers.ListPageAsync(limit: 100)).Names];
}
