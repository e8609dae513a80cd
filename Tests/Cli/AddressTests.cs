using Microsoft.AspNetCore.Http;
using Orleans.Paxos.Cli.Errors;

namespace Orleans.Paxos.Tests.Cli;

/// <summary>An address with more than a silo's root leads to other registers, and two clients could decide two leaders.</summary>
public sealed class AddressTests : CliTest
{
    [Theory]
    [InlineData("v1/registers")]
    [InlineData("v1/registers/")]
    [InlineData("elsewhere")]
    [InlineData("/")]
    [InlineData(".")]
    [InlineData("%2e")]
    [InlineData("a/..")]
    [InlineData("?")]
    [InlineData("?x=1")]
    [InlineData("#")]
    [InlineData("\\v1")]
    public async Task A_path_in_the_address_decides_no_second_leader(string path)
    {
        (await PaxosAsync("decide", "leader", "node-1", "--url", Url + path)).Failed(ExitCode.BadArgument, $"'{Url + path}'", $"Give {Url.TrimEnd('/')}");
        var run = new CliRun { Environment = new() { ["PAXOS_URL"] = Url + path } };
        (await run.RunAsync("decide", "leader", "node-1")).Failed(ExitCode.BadArgument, $"'{Url + path}'", "PAXOS_URL");
        Assert.Equal(0, Registers.Changes);
    }

    [Theory]
    [InlineData("http://me:secret@127.0.0.1:1", "--key-file")]
    [InlineData("http://secret@127.0.0.1:1", "--key-file")]
    [InlineData("ftp://me:secret@127.0.0.1:1", "such as")]
    public async Task A_password_in_the_address_is_refused_and_not_repeated(string url, string remedy) =>
        Assert.DoesNotContain("secret", (await PaxosAsync("get", "a", "--url", url)).Failed(ExitCode.BadArgument, remedy).Error);

    [Theory]
    [InlineData("http:127.0.0.1")]
    [InlineData("http:/127.0.0.1")]
    [InlineData("http://")]
    [InlineData("http://127.0.0.1:99999")]
    public async Task What_is_no_address_is_refused_with_an_example(string url) =>
        (await PaxosAsync("get", "a", "--url", url)).Failed(ExitCode.BadArgument, $"'{url}'", "such as http://127.0.0.1:8080");

    [Theory]
    [InlineData("get", "a")]
    [InlineData("history", "a")]
    [InlineData("set", "a", "x")]
    [InlineData("watch", "a")]
    [InlineData("list", "a")]
    public async Task An_answer_for_another_register_is_not_taken(params string[] command)
    {
        await using var server = await ScriptedServer.StartAsync(AnswerForAnother);
        (await PaxosAsync([.. command, "--url", server.Url])).Failed(ExitCode.Unavailable, "does not speak as a silo does", "'v1/registers/a'", "--url");
    }

    [Fact]
    public async Task A_change_that_is_answered_for_another_register_is_unknown()
    {
        await using var server = await ScriptedServer.StartAsync(AnswerForAnother);
        (await PaxosAsync("set", "a", "x", "--request-id", UniqueId.New().ToString(), "--url", server.Url))
            .Failed(ExitCode.OutcomeUnknown, "'v1/registers/a'", "may or may not have happened");
    }

    private static async Task AnswerForAnother(HttpContext context)
    {
        const string Envelope = """{"name":"v1/registers/a","version":1,"value":"x","encoding":"utf8","deleted":false}""";
        var path = context.Request.Path.Value!;
        context.Response.ContentType = path.StartsWith("/v1/watch", StringComparison.Ordinal) ? "text/event-stream" : "application/json";
        await context.Response.WriteAsync(path switch
        {
            "/v1/registers" => """["v1/registers/a"]""",
            "/v1/history/a" => $"[{Envelope}]",
            "/v1/watch/a" => $"id: 1\ndata: {Envelope}\n\n",
            _ => Envelope,
        });
    }
}
