namespace Orleans.Paxos.Tests.Deploy;

/// <summary>The repository's files.</summary>
internal static class DeployedFiles
{
    /// <summary>The path of a file or folder of the repository.</summary>
    public static string At(params string[] parts) => Path.Combine([Root(), .. parts]);

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orleans.Paxos.sln")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("Orleans.Paxos.sln");
        return directory.FullName;
    }
}
