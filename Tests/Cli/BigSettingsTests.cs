using System.Text;
using System.Text.Json.Nodes;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>A settings file of several hundred keys, over HTTP, on a terminal and in a pipe.</summary>
public sealed class BigSettingsTests : CliTest
{
    private const int Services = 60;
    private const int Keys = (Services * 6) + 4;

    [Fact]
    public async Task A_settings_file_of_hundreds_of_keys_comes_back_and_is_imported_once()
    {
        var json = Settings(port: 5000);
        var first = await WithInputAsync(Encoding.UTF8.GetBytes(json), "import", "-", "--prefix", "app/");
        Assert.Equal($"{Keys} created, 0 changed, 0 unchanged, 0 failed", first.Succeeded().Lines[^1]);
        Assert.Equal(Keys + 1, first.Lines.Length);
        Assert.Equal(Compact(json), Compact((await PaxosAsync("export", "--prefix", "app/")).Succeeded().Output));

        var changes = Registers.Changes;
        var second = await WithInputAsync(Encoding.UTF8.GetBytes(json), "import", "-", "--prefix", "app/");
        Assert.Equal([$"0 created, 0 changed, {Keys} unchanged, 0 failed"], second.Succeeded().Lines);
        Assert.Equal(changes, Registers.Changes);

        var third = await WithInputAsync(Encoding.UTF8.GetBytes(Settings(port: 6000)), "import", "-", "--prefix", "app/");
        Assert.Equal($"0 created, {Services} changed, {Keys - Services} unchanged, 0 failed", third.Succeeded().Lines[^1]);
        Assert.Equal(changes + Services, Registers.Changes);
    }

    [Fact]
    public async Task A_terminal_sees_a_bar_on_standard_error_and_the_sum_on_standard_output()
    {
        var run = new CliRun { Environment = AtHost, Terminal = true, Input = Encoding.UTF8.GetBytes(Settings(port: 5000)) };
        var result = await run.RunAsync("import", "-");
        Assert.Equal(ExitCode.Ok, result.ExitCode);
        Assert.Contains("importing", result.Error);
        Assert.Equal([$"{Keys} created, 0 changed, 0 unchanged, 0 failed"], result.Lines);
    }

    [Fact]
    public async Task A_dumb_terminal_sees_no_bar()
    {
        var run = new CliRun { Environment = new(AtHost) { ["TERM"] = "dumb" }, Terminal = true, Input = Encoding.UTF8.GetBytes(Settings(port: 5000)) };
        (await run.RunAsync("import", "-")).Succeeded();
    }

    private static string Settings(int port)
    {
        var services = Enumerable.Range(0, Services).Select(index => $$"""
            "service-{{index}}": {
              "Url": "https://service-{{index}}.example.org", "Port": {{port + index}}, "Enabled": {{(index % 2 == 0 ? "true" : "false")}},
              "Retry": { "Count": "3", "Backoff": 1.50 }, "Tags": ["t{{index}}"], "Empty": {}, "None": []
            }
            """);
        return $$"""
            {
              // like the settings of a web application
              "Logging": { "LogLevel": { "Default": "Information", "Microsoft.AspNetCore": "Warning" } },
              "AllowedHosts": "*",
              "ConnectionStrings": { "Main": "Server=db;Database=main;User Id=a/b;Password=#?\\" },
              "Services": { {{string.Join(",\n", services)}}, },
            }
            """;
    }

    private static string Compact(string json) =>
        JsonNode.Parse(json, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!.ToJsonString();
}
