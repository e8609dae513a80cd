using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

public sealed class GatewayTests
{
    [Theory]
    [InlineData("nohost")]
    [InlineData("host:")]
    [InlineData(":30000")]
    [InlineData("host:0")]
    [InlineData("host:99999")]
    [InlineData("127.0.0.1:30000/v1")]
    [InlineData("http://127.0.0.1:30000")]
    [InlineData("user@127.0.0.1:30000")]
    public async Task What_is_no_gateway_is_exit_2(string gateway) =>
        (await new CliRun().RunAsync("get", "a", "--gateway", gateway)).Failed(ExitCode.BadArgument, $"'{gateway}'", "--gateway host:port");

    [Fact]
    public async Task No_gateway_that_answers_is_exit_3() =>
        (await new CliRun().RunAsync("get", "a", "--gateway", "127.0.0.1:1", "--timeout", "0.5")).Failed(ExitCode.Unavailable, "No gateway answers", "127.0.0.1:1");

    /// <summary>The time allowed is an hour: a command that waits for the gateway does not end with the test.</summary>
    [Fact]
    public async Task A_gateway_that_refuses_is_told_at_once() =>
        (await new CliRun().RunAsync("get", "a", "--gateway", "127.0.0.1:1", "--timeout", "3600")).Failed(ExitCode.Unavailable, "No gateway answers", "127.0.0.1:1", "ConnectionRefused");

    [Fact]
    public async Task A_timeout_too_short_to_try_twice_is_exit_2() =>
        (await new CliRun().RunAsync("get", "a", "--gateway", "127.0.0.1:1", "--timeout", "0.1")).Failed(ExitCode.BadArgument, "--timeout");
}
