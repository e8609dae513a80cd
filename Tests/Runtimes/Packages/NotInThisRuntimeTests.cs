namespace Orleans.Paxos.Tests.Runtimes;

/// <summary>Stands for the test classes that only the local build has, so that a run says what it left out.</summary>
public sealed class NotInThisRuntimeTests
{
    private const string Why = "Needs the local build (ORLEANS_RUNTIME=local): it tests the stand-in runtime, or a silo that hangs inside this process.";

    [Fact(Skip = Why)]
    public void Local_StandInRuntimeTests()
    {
    }

    [Fact(Skip = Why)]
    public void Cluster_HungSiloTests()
    {
    }

    [Fact(Skip = Why)]
    public void Cli_GatewayTests()
    {
    }
}
