using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

/// <summary><c>--fence</c></summary>
public sealed class FenceTests : CliTest
{
    [Theory]
    [InlineData("jobs/nightly:17", "jobs/nightly", 17)]
    [InlineData("a:b:17", "a:b", 17)]
    [InlineData("größe; 1, 2:3", "größe; 1, 2", 3)]
    [InlineData(" a :3", " a ", 3)]
    [InlineData("100%:3", "100%", 3)]
    public async Task TheLastColon_SeparatesTheLockAndTheToken(string fence, string name, long token)
    {
        (await PaxosAsync("set", "a", "1", "--fence", fence)).Succeeded();
        Assert.Equal(new Fence(name, token), (await Registers.ReadAsync("a"))!.Guard);
    }

    [Theory]
    [InlineData("set", "a", "x")]
    [InlineData("cas", "a", "1", "x")]
    [InlineData("delete", "a")]
    [InlineData("add", "a")]
    public async Task AnEarlierTokenOrAnotherLock_IsRefused(params string[] command)
    {
        (await PaxosAsync("set", "a", "1", "--fence", "lock:17")).Succeeded();
        (await PaxosAsync([.. command, "--fence", "lock:16"])).Failed(ExitCode.Refused, "'a' is at version 1, fenced by token 17 of lock 'lock'; yours is the earlier token 16. Nothing was written.");
        (await PaxosAsync([.. command, "--fence", "other:18"])).Failed(ExitCode.Refused, "fenced by token 17 of lock 'lock'; yours is of lock 'other'");
        Assert.Equal(1, Registers.Changes);
        (await PaxosAsync([.. command, "--fence", "lock:17"])).Succeeded();
        Assert.Equal(new Fence("lock", 17), (await Registers.ReadAsync("a"))!.Guard);
    }

    [Fact]
    public async Task TheGuard_StandsInTheJson()
    {
        Assert.Contains("\"guard\":{\"lock\":\"lock\",\"token\":17}", (await PaxosAsync("set", "a", "1", "--fence", "lock:17", "--json")).Succeeded().Output);
        Assert.Contains("\"token\":17", (await PaxosAsync("set", "a", "1", "--fence", "lock:3", "--json")).Failed(ExitCode.Refused).Output);
        Assert.DoesNotContain("guard", (await PaxosAsync("set", "b", "1", "--json")).Succeeded().Output);
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("lock:")]
    [InlineData("lock:0")]
    [InlineData("lock:-1")]
    [InlineData("lock:1.5")]
    [InlineData("lock; 17")]
    [InlineData(":17")]
    [InlineData("a//b:17")]
    [InlineData("!locks/a:17")]
    public async Task WhatIsNoFence_IsExit2(string fence)
    {
        (await PaxosAsync("set", "a", "1", "--fence", fence)).Failed(ExitCode.BadArgument, "--fence");
        Assert.Equal(0, Registers.Changes);
    }

    [Fact]
    public async Task AFence_DoesNotGoWithAPrefix() =>
        (await PaxosAsync("delete", "--prefix", "app/", "--fence", "lock:17")).Failed(ExitCode.BadArgument, "--fence is for one register");
}
