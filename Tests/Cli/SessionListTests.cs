using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Orleans.Paxos.Tests.Cli;

/// <summary><c>paxos session list</c> over HTTP, where sessions come page by page.</summary>
public sealed class SessionListTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 5).Select(number => new Guid(number, 0, 0, new byte[8]))];

    [Fact]
    public async Task All_pages_are_read_and_the_sessions_are_in_the_order_in_which_they_were_opened()
    {
        await using var server = await ScriptedServer.StartAsync(context => AnswerAsync(context, pageSize: 2));
        var listed = (await ListAsync(server)).Succeeded();
        Assert.Equal(Ids.Reverse().Select(id => $"{id}"), listed.Lines.Select(line => line.Split('\t')[0]));
    }

    [Fact]
    public async Task A_page_that_fails_fails_the_list()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            if (!context.Request.QueryString.HasValue)
                return AnswerAsync(context, pageSize: 2);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return Task.CompletedTask;
        });
        var listed = (await ListAsync(server)).Failed(3, "503");
        Assert.Equal("", listed.Output);
    }

    private static Task<CliResult> ListAsync(ScriptedServer server) =>
        new CliRun { Environment = new() { ["PAXOS_URL"] = server.Url } }.RunAsync("session", "list");

    /// <summary>The later its id comes, the earlier a session was opened.</summary>
    private static Task AnswerAsync(HttpContext context, int pageSize)
    {
        var after = context.Request.Query["after"] is [{ } id] ? Array.IndexOf(Ids, Guid.Parse(id, CultureInfo.InvariantCulture)) + 1 : 0;
        var page = Ids.Skip(after).Take(pageSize).Select(each => new
        {
            id = each,
            owner = "owner",
            ttlSeconds = 15,
            opened = DateTimeOffset.UnixEpoch.AddDays(-Array.IndexOf(Ids, each)),
            renewed = DateTimeOffset.UnixEpoch,
        });
        if (after + pageSize < Ids.Length)
            context.Response.Headers.Link = $"</v1/sessions?limit={pageSize}&after={Ids[after + pageSize - 1]}>; rel=\"next\"";
        return context.Response.WriteAsJsonAsync(page);
    }
}
