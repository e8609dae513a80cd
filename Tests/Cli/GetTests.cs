using System.Text.Json;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class GetTests : CliTest
{
    private static readonly byte[] Binary = [0, 255, 10, 27, 128];

    [Fact]
    public async Task A_pipe_gets_the_value_and_no_byte_more()
    {
        await SetAsync("app/a", "hello");
        Assert.Equal("hello"u8.ToArray(), (await PaxosAsync("get", "app/a")).Succeeded().Bytes);
    }

    [Fact]
    public async Task A_terminal_gets_a_new_line_too()
    {
        await SetAsync("app/a", "hello");
        Assert.Equal("hello" + Environment.NewLine, (await OnTerminalAsync("get", "app/a")).Succeeded().Output);
    }

    [Fact]
    public async Task Binary_goes_raw_into_a_pipe()
    {
        await Registers.ChangeAsync("a", Change.Set(Binary));
        Assert.Equal(Binary, (await PaxosAsync("get", "a")).Succeeded().Bytes);
    }

    [Fact]
    public async Task A_terminal_is_told_of_binary_and_gets_it_with_raw()
    {
        await Registers.ChangeAsync("a", Change.Set(Binary));
        Assert.Contains("binary, 5 bytes", (await OnTerminalAsync("get", "a")).Succeeded().Output);
        Assert.Equal(Binary, (await OnTerminalAsync("get", "a", "--raw")).Succeeded().Bytes);
    }

    [Fact]
    public async Task Text_that_would_steer_the_terminal_is_described()
    {
        await SetAsync("a", "\u001b]0;owned\u0007");
        var result = await OnTerminalAsync("get", "a");
        Assert.DoesNotContain('\u001b', result.Succeeded().Output);
        Assert.Contains("--raw", result.Output);
    }

    [Fact]
    public async Task Json_is_the_envelope()
    {
        await SetAsync("app/a", "one", "grün");
        var result = await PaxosAsync("get", "app/a", "--json");
        using var envelope = JsonDocument.Parse(result.Succeeded().Output);
        Assert.Equal("app/a", envelope.RootElement.GetProperty("name").GetString());
        Assert.Equal(2, envelope.RootElement.GetProperty("version").GetInt64());
        Assert.Equal("grün", envelope.RootElement.GetProperty("value").GetString());
        Assert.Equal("utf8", envelope.RootElement.GetProperty("encoding").GetString());
        Assert.Contains("grün", result.Output);
    }

    [Fact]
    public async Task An_empty_value_is_there_and_empty()
    {
        await SetAsync("a", "");
        Assert.Empty((await PaxosAsync("get", "a")).Succeeded().Bytes);
    }

    [Fact]
    public async Task Never_written_is_exit_1()
    {
        var result = (await PaxosAsync("get", "app/none")).Failed(ExitCode.Refused, "'app/none' was never written, or was deleted and forgotten.");
        Assert.Empty(result.Bytes);
    }

    [Fact]
    public async Task Deleted_is_exit_1_and_names_the_version()
    {
        await SetAsync("a", "x");
        await Registers.ChangeAsync("a", Change.Delete());
        (await PaxosAsync("get", "a")).Failed(ExitCode.Refused, "deleted by version 2");
    }

    [Fact]
    public async Task Stale_asks_for_the_learners_copy()
    {
        await SetAsync("a", "x");
        (await PaxosAsync("get", "a", "--stale")).Succeeded();
        Assert.Equal(ReadConsistency.Stale, Registers.LastConsistency);
    }

    [Theory]
    [InlineData("a/../b")]
    [InlineData("./a")]
    [InlineData("a b/c%2Fd")]
    [InlineData("grün/日本/🙂")]
    [InlineData("a+b&c=d;e,f'g\"h")]
    [InlineData("a~2F/~")]
    public async Task Every_legal_name_reaches_the_register_of_that_name(string name)
    {
        await SetAsync(name, "here");
        Assert.Equal("here", (await PaxosAsync("get", name)).Succeeded().Output);
        Assert.Contains(name, (await PaxosAsync("list")).Succeeded().Lines);
    }
}
