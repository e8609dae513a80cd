using System.Diagnostics;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>How the scripts choose the runtime, with a dotnet command that answers as the test wants.</summary>
public sealed class ScriptTests : IDisposable
{
    private const string Found = "exit 0";
    private const string Missing = "echo 'X.csproj : error NU1101: Unable to find package Microsoft.Orleans.Runtime. No packages exist'; exit 1";
    private const string WrongVersion = "echo 'X.csproj : error NU1102: Unable to find package Microsoft.Orleans.Sdk with version (>= 10.4.2)'; exit 1";
    private const string WithoutDependency = "echo 'X.csproj : error NU1603: Warning As Error: Microsoft.Orleans.Server 10.4.2 depends on Some.Thing (>= 5.9.0) but Some.Thing 5.9.0 was not found. Some.Thing 5.12.0 was resolved instead. [X.sln]'; exit 1";
    private const string OtherMissing = "echo 'X.csproj : error NU1101: Unable to find package Some.Thing. No packages exist'; exit 1";
    private const string NoNetwork = "echo 'X.csproj : error NU1301: Unable to load the service index for source'; exit 1";

    private const string MissingAzure = "if [[ $Azure == true ]]; then echo 'X.csproj : error NU1101: Unable to find package Azure.Data.Tables. No packages exist'; exit 1; fi";
    private const string MissingAll = $"{MissingAzure}; if [[ $OrleansRuntime == packages ]]; then {Missing}; fi";
    private const string MissingStandIn = $"if [[ $OrleansRuntime == packages ]]; then {Missing}; elif [[ $Azure == true ]]; then echo 'X.csproj : error NU1102: Unable to find package WindowsAzure.Storage with version (>= 9.3.3)'; exit 1; fi";

    private const string ChooseAzure = "source eng/runtime.sh; choose_runtime; echo $OrleansRuntime $(cat artifacts/azure) $Azure";

    private readonly string _root = Directory.CreateTempSubdirectory("scripts-").FullName;

    public ScriptTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The scripts are for bash.");
        Directory.CreateDirectory(Path.Combine(_root, "eng"));
        Directory.CreateDirectory(Path.Combine(_root, "bin"));
        foreach (var file in new[] { "eng/runtime.sh", "eng/processes.sh", "run.sh", "Directory.Packages.props", "global.json" })
            File.Copy(Path.Combine(Repository(), file), Path.Combine(_root, file));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Packages_are_taken_when_they_can_be_restored() =>
        await AssertChoiceAsync(Found, null, "packages", "were restored");

    [Theory]
    [InlineData(Missing, "Microsoft.Orleans.Runtime cannot be restored")]
    [InlineData(WrongVersion, "Microsoft.Orleans.Sdk cannot be restored")]
    [InlineData(WithoutDependency, "Microsoft.Orleans.Server cannot be restored")]
    public async Task Local_is_taken_when_an_Orleans_package_is_missing(string restore, string reason) =>
        await AssertChoiceAsync(restore, null, "local", reason);

    [Theory]
    [InlineData(OtherMissing)]
    [InlineData(NoNetwork)]
    public async Task Any_other_failure_is_shown_and_nothing_chosen(string restore)
    {
        var (code, _, errors) = await ChooseAsync(restore, null);
        Assert.Equal(1, code);
        Assert.Contains("error NU1", errors);
        Assert.Contains("not for want of a Microsoft.Orleans package", errors);
        Assert.False(File.Exists(Path.Combine(_root, "artifacts", "runtime")));
    }

    [Theory]
    [InlineData("packages")]
    [InlineData("local")]
    public async Task The_environment_forces_one_without_looking(string runtime) =>
        await AssertChoiceAsync(NoNetwork, runtime, runtime, "ORLEANS_RUNTIME");

    [Fact]
    public async Task A_runtime_that_does_not_exist_is_refused()
    {
        var (code, _, errors) = await ChooseAsync(Found, "mono");
        Assert.Equal(1, code);
        Assert.Contains("'mono'", errors);
    }

    [Fact]
    public async Task What_was_found_is_remembered_until_the_versions_change()
    {
        await AssertChoiceAsync(Missing, null, "local", "cannot be restored");
        await AssertChoiceAsync(Found, null, "local", "found before");
        await AssertChoiceAsync(NoNetwork, "packages", "packages", "ORLEANS_RUNTIME");
        await AssertChoiceAsync(NoNetwork, null, "local", "found before");
        await File.AppendAllTextAsync(Path.Combine(_root, "Directory.Packages.props"), "\n");
        await AssertChoiceAsync(Found, null, "packages", "were restored");
    }

    [Theory]
    [InlineData(Found, null, "packages true")]
    [InlineData(MissingAzure, null, "packages false", "Azure.Data.Tables")]
    [InlineData(MissingAzure, "packages", "packages false", "Azure.Data.Tables")]
    [InlineData(MissingAll, null, "local false", "Azure.Data.Tables")]
    [InlineData(MissingStandIn, null, "local false", "WindowsAzure.Storage")]
    [InlineData(MissingStandIn, "local", "local false", "WindowsAzure.Storage")]
    [InlineData(NoNetwork, "packages", "packages true")]
    [InlineData(OtherMissing, "local", "local true")]
    public async Task Azure_is_left_out_where_only_its_packages_are_missing(string restore, string? forced, string chosen, string? missing = null)
    {
        var (output, azure) = await ChooseAzureAsync(restore, forced);
        Assert.Equal($"{chosen} {chosen[(chosen.IndexOf(' ') + 1)..]}", output);
        Assert.Equal(missing is null ? null : $"Azure: left out ({missing} cannot be restored from the package sources of this machine).", azure);
    }

    [Fact]
    public async Task What_was_found_of_Azure_is_remembered_for_each_runtime_until_the_versions_change()
    {
        await ChooseAzureAsync(MissingAzure, null);
        var (again, said) = await ChooseAzureAsync(Found, "packages");
        Assert.Equal(("packages false false", true), (again, said!.Contains("found before")));
        Assert.Equal(("local true true", null), await ChooseAzureAsync(Found, "local"));
        await File.AppendAllTextAsync(Path.Combine(_root, "Directory.Packages.props"), "\n");
        Assert.Equal(("packages true true", null), await ChooseAzureAsync(Found, "packages"));
    }

    [Fact]
    public async Task A_failure_that_says_nothing_of_Azure_is_not_remembered()
    {
        await ChooseAzureAsync(NoNetwork, "packages");
        Assert.StartsWith("packages false", (await ChooseAzureAsync(MissingAzure, "packages")).Output);
    }

    [Theory]
    [InlineData("true", MissingAzure)]
    [InlineData("false", Found)]
    public async Task The_environment_decides_about_Azure_without_looking(string azure, string restore)
    {
        var (code, output, errors) = await RunAsync($"export Azure={azure}; {ChooseAzure}", restore, "packages");
        Assert.Equal((0, $"packages {azure} {azure}"), (code, output.Trim()));
        Assert.DoesNotContain("Azure:", errors);
    }

    [Fact]
    public async Task A_program_that_was_built_with_the_other_answer_about_Azure_is_stale()
    {
        const string script = """
            source eng/runtime.sh; choose_runtime; touch -d '1 minute ago' *.props; touch program
            choose_runtime; if is_stale program; then echo stale; else echo fresh; fi
            touch -d '10 seconds ago' program
            Azure=false choose_runtime; if is_stale program; then echo stale; else echo fresh; fi
            """;
        var (code, output, errors) = await RunAsync(script, Found, "packages");
        Assert.True(code == 0, errors);
        Assert.Equal(["fresh", "stale"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("local", "--processes 3", "needs the packages build")]
    [InlineData("packages", "--processes 0", "from 1 to 15")]
    [InlineData("packages", "--processes", "needs a value")]
    [InlineData("packages", "--processes 3 --acceptors 5", "'--acceptors'")]
    [InlineData("packages", "--processes 3 --url http://x", "http://HOST:PORT")]
    public async Task Wrong_options_of_processes_are_one_line_and_exit_code_2(string runtime, string options, string expected)
    {
        var (code, _, errors) = await RunAsync($"mkdir -p artifacts/{runtime}/bin/Silo/release && touch artifacts/{runtime}/bin/Silo/release/Orleans.Paxos.Silo.dll && ./run.sh {options}", Found, runtime);
        Assert.Equal(2, code);
        Assert.Contains(expected, Assert.Single(errors.Split('\n'), line => line.StartsWith("error: ")));
    }

    private async Task AssertChoiceAsync(string restore, string? forced, string runtime, string reason)
    {
        var (code, output, errors) = await ChooseAsync(restore, forced);
        Assert.True(code == 0, errors);
        Assert.Equal($"{runtime} {runtime}", output.Trim());
        Assert.Contains(reason, Assert.Single(errors.Split('\n'), line => line.StartsWith("Runtime: ")));
    }

    private async Task<(string Output, string? Said)> ChooseAzureAsync(string restore, string? forced)
    {
        var (code, output, errors) = await RunAsync(ChooseAzure, restore, forced);
        Assert.True(code == 0, errors);
        return (output.Trim(), errors.Split('\n').SingleOrDefault(line => line.StartsWith("Azure: ")));
    }

    private Task<(int Code, string Output, string Errors)> ChooseAsync(string restore, string? forced) =>
        RunAsync("source eng/runtime.sh; choose_runtime; echo $(cat artifacts/runtime) $OrleansRuntime", restore, forced);

    private async Task<(int Code, string Output, string Errors)> RunAsync(string script, string restore, string? forced)
    {
        var dotnet = Path.Combine(_root, "bin", "dotnet");
        await File.WriteAllTextAsync(dotnet, $"#!/usr/bin/env bash\nif [[ $1 == restore ]]; then {restore}; fi\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { WorkingDirectory = _root, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{Path.Combine(_root, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["ORLEANS_RUNTIME"] = forced ?? "";
        start.Environment["Azure"] = "";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string Repository()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "run.sh")))
            directory = directory.Parent ?? throw new DirectoryNotFoundException("run.sh");
        return directory.FullName;
    }
}
