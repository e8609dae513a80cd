namespace Orleans.Paxos.Tests.Runtimes;

/// <summary>Stands for the test classes that only the packages build has, so that a run says what it left out.</summary>
public sealed class NotInThisRuntimeTests
{
    private const string Why = "Needs the packages build (ORLEANS_RUNTIME=packages): this runtime has no networking.";

    [Fact(Skip = Why)]
    public void Protocol_WireBytesTests()
    {
    }

    [Fact(Skip = Why)]
    public void Silo_ProcessClusterTests()
    {
    }

    [Fact(Skip = Why)]
    public void Silo_ClusterClientTests()
    {
    }

    [Fact(Skip = Why)]
    public void Silo_MembershipFileTests()
    {
    }

    [Fact(Skip = Why)]
    public void Client_GatewayClientsTests()
    {
    }

    [Fact(Skip = Why)]
    public void Cli_GatewayTests()
    {
    }
}
