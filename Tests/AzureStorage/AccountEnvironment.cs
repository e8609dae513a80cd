namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>The silo program's settings for acceptors with accounts, as its environment has them.</summary>
internal static class AccountEnvironment
{
    /// <summary>One process with the acceptors <c>a1</c>, <c>a2</c> and so on, each with an account of its own in tables.</summary>
    public static Dictionary<string, string> Of(params IEnumerable<string> connectionStrings)
    {
        var environment = new Dictionary<string, string> { ["PAXOS__STORAGE"] = "azure-table" };
        foreach (var (index, connectionString) in connectionStrings.Index())
            environment[$"PAXOS__AZURE__ACCOUNTS__A{index + 1}__CONNECTIONSTRING"] = connectionString;
        return environment;
    }
}
