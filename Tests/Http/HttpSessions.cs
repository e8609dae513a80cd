using System.Net;
using System.Text;
using System.Text.Json;

namespace Orleans.Paxos.Tests.Http;

/// <summary>Sessions over HTTP, as any language would use them.</summary>
internal static class HttpSessions
{
    /// <summary>Opens a session.</summary>
    public static async Task<string> OpenAsync(this HttpClient http, double ttlSeconds = 60, string owner = "a test")
    {
        var response = await http.PostAsync("/v1/sessions", Body(JsonSerializer.Serialize(new { ttlSeconds, owner })));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>Acquires a lock, and returns its token.</summary>
    public static async Task<long> AcquireAsync(this HttpClient http, string name, string session, string more = "") =>
        (await HttpAssert.JsonAsync(await http.PostAsync($"/v1/locks/{name}?session={session}{more}", null))).GetProperty("token").GetInt64();

    public static StringContent Body(string text) => new(text, Encoding.UTF8, "application/json");
}
