using System.Collections.Concurrent;
using System.Text.Json;
using Orleans.Paxos.Verification.Chaos.Processes;

namespace Orleans.Paxos.Tests.Silo;

/// <summary>Repeated SIGKILL with 64 concurrent writers, on the same data.</summary>
[Collection(nameof(ProcessClusterTests))]
public sealed class KillTests : IDisposable
{
    private const int Writers = 64;
    private const int Registers = 16;

    private static readonly Dictionary<string, string> Environment = new() { ["PAXOS__HISTORYENTRIES"] = "512" };

    private readonly string _data = Directory.CreateTempSubdirectory("kill-").FullName;

    /// <summary>The number of kills: 3, or the value of PAXOS_KILL_ROUNDS.</summary>
    private static int Rounds => int.TryParse(System.Environment.GetEnvironmentVariable("PAXOS_KILL_ROUNDS"), out var rounds) ? rounds : 3;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Every_acknowledged_write_is_there_in_order_and_no_version_is_missing()
    {
        var acknowledged = Enumerable.Range(0, Registers).Select(_ => new ConcurrentDictionary<long, string>()).ToArray();
        for (var round = 1; round <= Rounds; round++)
        {
            await using var silo = await SiloUnderTest.ServeAsync(_data, Environment);
            await CheckAsync(silo, acknowledged);
            var enough = new TaskCompletionSource();
            var writers = Enumerable.Range(0, Writers).Select(writer => WriteAsync(silo, round, writer, acknowledged[writer % Registers], enough)).ToArray();
            await Task.WhenAny(enough.Task, Task.WhenAll(writers));
            await silo.KillAsync();
            await Task.WhenAll(writers);
        }

        await using var last = await SiloUnderTest.ServeAsync(_data, Environment);
        await CheckAsync(last, acknowledged);
        Assert.Equal(0, await last.StopAsync());
    }

    private static async Task WriteAsync(SiloUnderTest silo, int round, int writer, ConcurrentDictionary<long, string> acknowledged, TaskCompletionSource enough)
    {
        for (var number = 1; ; number++)
        {
            var value = $"{round}.{writer}.{number}";
            try
            {
                var response = await silo.Http.PutAsync($"/v1/registers/kill/{writer % Registers}", new StringContent(value));
                var envelope = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                if (response.IsSuccessStatusCode)
                    Assert.True(acknowledged.TryAdd(envelope.GetProperty("version").GetInt64(), value), "One version was acknowledged to two writers.");
            }
            catch (HttpRequestException)
            {
                return; // killed
            }

            if (number == 10)
                enough.TrySetResult();
        }
    }

    private static async Task CheckAsync(SiloUnderTest silo, ConcurrentDictionary<long, string>[] acknowledged)
    {
        for (var register = 0; register < Registers; register++)
        {
            if (!acknowledged[register].IsEmpty)
                await CheckAsync(silo, register, acknowledged[register]);
        }
    }

    private static async Task CheckAsync(SiloUnderTest silo, int register, ConcurrentDictionary<long, string> acknowledged)
    {
        var history = JsonDocument.Parse(await silo.Http.GetStringAsync($"/v1/history/kill/{register}")).RootElement.EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("version").GetInt64(), entry => entry.GetProperty("value").GetString()!);
        Assert.True(history.Count > 0 && history.Keys.Max() >= acknowledged.Keys.Max(), $"Register {register} ends before its last acknowledged version.");
        Assert.Equal(Enumerable.Range((int)history.Keys.Min(), history.Count).Select(version => (long)version), history.Keys.Order());
        foreach (var (version, value) in acknowledged.Where(write => write.Key >= history.Keys.Min()))
            Assert.Equal((register, version, value), (register, version, history[version]));

        var orders = history.OrderBy(entry => entry.Key).Select(entry => entry.Value.Split('.').Select(int.Parse).ToArray()).GroupBy(parts => parts[1]);
        foreach (var writes in orders.Select(writer => writer.Select(parts => (Round: parts[0], Number: parts[2])).ToArray()))
            Assert.Equal(writes.Order().Distinct(), writes);
    }
}
