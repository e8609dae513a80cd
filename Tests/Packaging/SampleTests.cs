using System.Diagnostics;
using Orleans.Paxos.Tests.Deploy;
using Orleans.Paxos.Tests.Storage;

namespace Orleans.Paxos.Tests.Packaging;

/// <summary>The samples, built from the packages like a user's projects: outside the repository and without its build settings.</summary>
public sealed class SampleTests : IDisposable
{
    private static readonly string[] Packages = ["Orleans.Paxos", "Orleans.Paxos.Abstractions", "Orleans.Paxos.AzureStorage", "Orleans.Paxos.Cli", "Orleans.Paxos.Client"];

    private readonly TemporaryDirectory _folder = new();

    private string PackageFolder => Path.Combine(_folder.Path, "packages");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task QuickStart_builds_from_the_packages_and_its_test_passes()
    {
        await PackAsync();
        var made = Directory.GetFiles(PackageFolder).Select(Path.GetFileName).ToArray();
        Assert.Equal(
            Packages.SelectMany(package => (string[])[$"{package}.0.1.0.nupkg", $"{package}.0.1.0.snupkg"]).Order(StringComparer.Ordinal),
            made.Order(StringComparer.Ordinal));

        CopySamples();
        await BuildAsync("QuickStart/Silo");
        await BuildAsync("QuickStart/Tests"); // and with it the client
        var output = await DotnetAsync(Path.Combine(_folder.Path, "artifacts", "bin", "Tests", "debug", "Tests.dll"));
        Assert.Contains("Total: 1, Errors: 0, Failed: 0", output);
    }

    /// <summary>Packs the binaries of this test run.</summary>
    private Task PackAsync() => DotnetAsync(
        "pack", DeployedFiles.At("Orleans.Paxos.sln"), "--no-build", "--configuration", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "--output", PackageFolder);

    /// <summary>Restores packages of this repository to a separate cache, so that no other run finds them. All other packages come from the user's cache.</summary>
    private Task BuildAsync(string project) => DotnetAsync(
        "build",
        Path.Combine(_folder.Path, project),
        $"-p:RestoreAdditionalProjectSources={PackageFolder}",
        $"-p:RestorePackagesPath={Path.Combine(_folder.Path, "cache")}",
        $"-p:RestoreFallbackFolders={Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")}");

    private void CopySamples()
    {
        var samples = DeployedFiles.At("samples");
        foreach (var file in Directory.EnumerateFiles(samples, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(samples, file);
            if (name.Split(Path.DirectorySeparatorChar).Any(part => part is "artifacts" or "bin" or "obj" or "data"))
                continue;
            var copy = Path.Combine(_folder.Path, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private static async Task<string> DotnetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // leave no build server behind, and no compiler
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        var all = await output + await errors;
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{all}");
        return all;
    }
}
