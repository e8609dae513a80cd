namespace Orleans.Paxos.Cli.Tests;

public sealed class GatewayTests
{
    [Fact]
    public async Task A_build_without_networking_says_so_and_points_to_http() =>
        (await new CliRun().RunAsync("get", "a", "--gateway", "127.0.0.1:30000")).Failed(ExitCode.BadArgument, "no networking", "--url");
}
