using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Orleans.Paxos.Tests.Benchmarks;

/// <summary>The part of etcd's HTTP/JSON interface that the load uses.</summary>
internal sealed class FakeEtcd : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeEtcd(WebApplication app) => _app = app;

    /// <summary>The received keys and values, in base64.</summary>
    public ConcurrentDictionary<string, string> Stored { get; } = new();

    /// <summary>The requested ranges.</summary>
    public ConcurrentQueue<JsonElement> Ranges { get; } = new();

    /// <summary>The status of every response.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<FakeEtcd> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var etcd = new FakeEtcd(app);
        app.MapPost("/v3/kv/put", (JsonElement put) =>
        {
            etcd.Stored[put.GetProperty("key").GetString()!] = put.GetProperty("value").GetString()!;
            return Results.Json(new { header = new { } }, statusCode: etcd.Status);
        });
        app.MapPost("/v3/kv/range", (JsonElement range) =>
        {
            etcd.Ranges.Enqueue(range);
            var key = range.GetProperty("key").GetString()!;
            return etcd.Stored.TryGetValue(key, out var value)
                ? Results.Json(new { header = new { }, kvs = new[] { new { key, value } }, count = "1" }, statusCode: etcd.Status)
                : Results.Json(new { header = new { } }, statusCode: etcd.Status);
        });
        await app.StartAsync();
        return etcd;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
