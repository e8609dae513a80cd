using System.Reflection;

namespace Orleans.Paxos.Tests.AzureStorage;

/// <summary>Azurite, the emulator of Azure Storage, as the build of the tests installs it.</summary>
internal static class AzuriteInstallation
{
    private static readonly string Directory = Path.GetFullPath(
        typeof(AzuriteInstallation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "Azurite").Value!);

    /// <summary>Gets the program that serves tables or blobs.</summary>
    public static string Program(string service) => Path.Combine(Directory, "node_modules", "azurite", "dist", "src", service, "main.js");

    /// <summary>Skips the test when Azurite is not installed.</summary>
    public static void Require() => Assert.SkipUnless(
        File.Exists(Program("table")), "Azurite is not installed: build the tests where Node 18 or later, npm and the npm registry are at hand.");
}
