using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class ChangeTests : CliTest
{
    [Fact]
    public async Task Set_prints_the_version()
    {
        Assert.Equal(["version 1"], (await PaxosAsync("set", "app/a", "one")).Succeeded().Lines);
        Assert.Equal(["version 2"], (await PaxosAsync("set", "app/a", "two")).Succeeded().Lines);
        Assert.Equal("two", await ValueAsync("app/a"));
    }

    [Fact]
    public async Task Set_reads_standard_input_byte_for_byte()
    {
        byte[] bytes = [0, 13, 10, 255, 26];
        (await WithInputAsync(bytes, "set", "a", "-")).Succeeded();
        Assert.Equal(bytes, (await Registers.ReadAsync("a"))!.Value);
    }

    [Fact]
    public async Task Set_reads_a_file()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("paxos-cli").FullName, "value");
        await File.WriteAllBytesAsync(file, [1, 0, 2], TestContext.Current.CancellationToken);
        (await PaxosAsync("set", "a", "--file", file)).Succeeded();
        Assert.Equal([1, 0, 2], (await Registers.ReadAsync("a"))!.Value);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Theory]
    [InlineData("@file")]
    [InlineData("-5")]
    [InlineData("")]
    [InlineData("[x]")]
    [InlineData("a b\tc\nd")]
    public async Task Set_takes_a_value_as_it_is(string value)
    {
        (await PaxosAsync("set", "a", value)).Succeeded();
        Assert.Equal(value, await ValueAsync("a"));
    }

    [Fact]
    public async Task A_value_that_looks_like_an_option_stands_after_two_dashes()
    {
        (await PaxosAsync("set", "a", "--", "--json")).Succeeded();
        Assert.Equal("--json", await ValueAsync("a"));
    }

    [Fact]
    public async Task Set_with_json_prints_the_envelope() =>
        Assert.Contains("\"version\":1", (await PaxosAsync("set", "a", "x", "--json")).Succeeded().Output);

    [Fact]
    public async Task Compare_and_set_writes_at_the_expected_version_only()
    {
        Assert.Equal(["version 1"], (await PaxosAsync("cas", "a", "0", "one")).Succeeded().Lines);
        Assert.Equal(["version 2"], (await PaxosAsync("cas", "a", "1", "two")).Succeeded().Lines);
        var refused = (await PaxosAsync("cas", "a", "1", "three")).Failed(ExitCode.Refused, "at version 2, not at 1", "Nothing was written");
        Assert.Empty(refused.Output);
        Assert.Equal("two", await ValueAsync("a"));
    }

    [Fact]
    public async Task A_refusal_with_json_prints_the_current_envelope()
    {
        await SetAsync("a", "one", "two");
        Assert.Contains("\"version\":2", (await PaxosAsync("cas", "a", "1", "x", "--json")).Failed(ExitCode.Refused).Output);
    }

    [Fact]
    public async Task Compare_and_set_of_a_register_never_written() =>
        (await PaxosAsync("cas", "a", "3", "x")).Failed(ExitCode.Refused, "'a' was never written, or was deleted and forgotten, not at 3");

    [Fact]
    public async Task Decide_prints_the_value_that_the_register_has_then()
    {
        Assert.Equal("me", (await PaxosAsync("decide", "leader", "me")).Succeeded().Output);
        Assert.Equal("me", (await PaxosAsync("decide", "leader", "you")).Failed(ExitCode.Refused, "decided before").Output);
    }

    [Fact]
    public async Task Delete_prints_the_version_of_the_deletion()
    {
        await SetAsync("a", "x");
        (await PaxosAsync("delete", "a", "--version", "7")).Failed(ExitCode.Refused, "at version 1, not at 7");
        Assert.Equal(["version 2"], (await PaxosAsync("delete", "a", "--version", "1")).Succeeded().Lines);
        (await PaxosAsync("delete", "a")).Failed(ExitCode.Refused, "deleted by version 2");
        (await PaxosAsync("delete", "b")).Failed(ExitCode.Refused, "never written, or was deleted and forgotten");
    }

    [Fact]
    public async Task A_new_change_carries_an_id_and_the_version_read_before_it()
    {
        await SetAsync("a", "1", "2", "3");
        (await PaxosAsync("set", "a", "x")).Succeeded();
        var options = Registers.Options.Last()!;
        Assert.NotNull(options.RequestId);
        Assert.Equal(3, options.Floor);
    }

    [Fact]
    public async Task A_change_after_a_deletion_carries_the_tombstones_version()
    {
        await SetAsync("a", "1");
        await Registers.ChangeAsync("a", Change.Delete());
        (await PaxosAsync("set", "a", "x")).Succeeded();
        Assert.Equal(2, Registers.Options.Last()!.Floor);
    }

    [Fact]
    public async Task A_change_sent_again_is_applied_once()
    {
        string[] resend = ["set", "a", "x", "--request-id", "3f2a91c0-5b7d-4e0e-9a53-0c4d5e6f7a8b", "--floor", "0"];
        Assert.Equal(["version 1"], (await PaxosAsync(resend)).Succeeded().Lines);
        Assert.Equal(["version 1"], (await PaxosAsync(resend)).Succeeded().Lines);
        Assert.Equal(1, Registers.Changes);
        Assert.Equal(0, Registers.Options.Last()!.Floor);
    }

    [Fact]
    public async Task A_request_id_of_another_change_is_refused_by_name()
    {
        var id = UniqueId.New().ToString();
        (await PaxosAsync("set", "a", "one", "--request-id", id)).Succeeded();
        (await PaxosAsync("set", "a", "two", "--request-id", id))
            .Failed(ExitCode.BadArgument, $"{id} belongs to another change, which wrote version 1. Nothing was written now.");
        Assert.Equal("one", await ValueAsync("a"));
    }

    [Fact]
    public async Task A_change_that_is_sent_again_when_its_entry_has_left_the_history_prints_its_version()
    {
        var id = UniqueId.New().ToString();
        (await PaxosAsync("decide", "a", "one", "--request-id", id)).Succeeded();
        Registers.ForgetsEntries = true;
        Assert.Equal(["version 1"], (await PaxosAsync("set", "a", "one", "--request-id", id)).Succeeded().Lines);
        Assert.Contains("\"version\":1,\"value\":null", (await PaxosAsync("set", "a", "one", "--request-id", id, "--json")).Succeeded().Output);
        var decided = (await PaxosAsync("decide", "a", "one", "--request-id", id)).Failed(ExitCode.Ok, "as version 1, which has left the history");
        Assert.Equal("", decided.Output);
    }
}
