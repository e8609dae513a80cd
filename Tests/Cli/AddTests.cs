using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

/// <summary><c>paxos add</c></summary>
public sealed class AddTests : CliTest
{
    [Fact]
    public async Task Add_PrintsTheSum()
    {
        Assert.Equal(["1"], (await PaxosAsync("add", "visits")).Succeeded().Lines);
        Assert.Equal(["11"], (await PaxosAsync("add", "visits", "10")).Succeeded().Lines);
        Assert.Equal(["-9"], (await PaxosAsync("add", "visits", "-20")).Succeeded().Lines);
        Assert.Equal("-9", await ValueAsync("visits"));
    }

    [Fact]
    public async Task AddWithJson_PrintsTheEnvelope() =>
        Assert.Contains("\"version\":1,\"value\":\"5\"", (await PaxosAsync("add", "visits", "5", "--json")).Succeeded().Output);

    [Fact]
    public async Task WhatIsNotANumber_IsRefused()
    {
        await SetAsync("a", "many");
        (await PaxosAsync("add", "a")).Failed(ExitCode.Refused, "'a' is at version 1, and its value is not a whole number that can be added to. Nothing was written.");
        Assert.Contains("\"value\":\"many\"", (await PaxosAsync("add", "a", "--json")).Failed(ExitCode.Refused).Output);
    }

    [Fact]
    public async Task AnAdditionThatIsSentAgain_AddsNothing()
    {
        var id = $"{UniqueId.New()}";
        Assert.Equal(["5"], (await PaxosAsync("add", "visits", "5", "--request-id", id)).Succeeded().Lines);
        await Registers.ChangeAsync("visits", Change.Add(1), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["5"], (await PaxosAsync("add", "visits", "5", "--request-id", id)).Succeeded().Lines);

        Registers.ForgetsEntries = true;
        var result = await PaxosAsync("add", "visits", "5", "--request-id", id);
        Assert.Equal((ExitCode.Ok, ""), (result.ExitCode, result.Output));
        Assert.Contains("added before, as version 1, which has left the history", result.Error);
    }

    [Theory]
    [InlineData("one")]
    [InlineData("1.5")]
    [InlineData("4611686018427387904")]
    public async Task WhatCannotBeAdded_IsExit2(string amount) =>
        (await PaxosAsync("add", "a", amount)).Failed(ExitCode.BadArgument, $"AMOUNT takes a whole number", $"'{amount}'");
}
