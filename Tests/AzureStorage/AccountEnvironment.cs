namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Creates the environment variables of a silo whose acceptors use storage accounts.</summary>
internal static class AccountEnvironment
{
    /// <summary>Creates the variables of one process with the acceptors <c>a1</c>, <c>a2</c> and so on, each with its own account and tables as storage.</summary>
    public static Dictionary<string, string> Of(params IEnumerable<string> connectionStrings)
    {
        var environment = new Dictionary<string, string> { ["PAXOS__STORAGE"] = "azure-table" };
        foreach (var (index, connectionString) in connectionStrings.Index())
            environment[$"PAXOS__AZURE__ACCOUNTS__A{index + 1}__CONNECTIONSTRING"] = connectionString;
        return environment;
    }
}
