using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Paxos.Client.Gateways;
using Orleans.Paxos.Client.Registers;
using Orleans.Paxos.Tests.World;
using Orleans.Paxos.Verification.Simulation.Cluster;

namespace Orleans.Paxos.Tests.Client;

/// <summary>The client library over registers whose messages a transport delivers more than once.</summary>
public sealed class RepeatedDeliveryTests
{
    private readonly PaxosWorld _world = new();

    [Fact]
    public async Task A_request_delivered_twice_around_a_full_window_is_not_applied_twice()
    {
        var register = new RegisterActor(_world, "r");
        Guid? requestId = null;
        var client = NewClient(new OneRegisterGateway(register, async request =>
        {
            requestId ??= request.RequestId;
            var first = await register.ChangeAsync(request);
            if (first.Version == 1)
            {
                for (var version = 1; version <= 40; version++)
                    await register.ChangeAsync(Requests.Set($"{version}", version));
            }

            return await register.ChangeAsync(request); // the answer to the first delivery was lost
        }));

        var error = await Assert.ThrowsAsync<OutcomeUnknownException>(() => client.ChangeAsync("r", Change.Set([1])));

        Assert.Equal(requestId, error.RequestId);
        Assert.Equal(41, (await register.ReadAsync(ReadConsistency.Linearizable))!.Version);
    }

    private static RegisterClient NewClient(OneRegisterGateway gateway)
    {
        var options = new PaxosClientOptions { HedgeAfter = TimeSpan.FromMinutes(1), RequestTimeout = TimeSpan.FromMinutes(2) };
        var monitor = new GatewayMonitor(gateway, options, TimeProvider.System, NullLogger<GatewayMonitor>.Instance);
        return new RegisterClient(monitor, options, TimeProvider.System, UniqueId.New);
    }

    /// <summary>A connection to a register in which the test decides how changes are delivered.</summary>
    private sealed class OneRegisterGateway(RegisterActor register, Func<ChangeRequest, Task<ChangeOutcome>> deliver) : IGatewaySource, IGateway, IConfigRegisterGrain
    {
        public ImmutableArray<IGateway> Current => [this];

        public string Name => "gateway";

        public IGrainFactory Grains => field ??= GrainFactoryProxy.Create((type, _) =>
            type == typeof(IConfigRegisterGrain) ? this : throw new NotSupportedException("Only the register answers."));

        public Task<ChangeOutcome> ChangeAsync(ChangeRequest request) => deliver(request);

        public Task<RegisterEntry?> ReadAsync(ReadConsistency consistency) => register.ReadAsync(consistency);

        public Task<long> FloorAsync() => register.FloorAsync();

        public Task<ImmutableArray<RegisterEntry>> HistoryAsync() => register.HistoryAsync();

        public Task<WatchBatch> WatchAsync(WatchPoint after, TimeSpan wait) => register.WatchAsync(after, wait);

        public Task LearnAsync(ChosenState chosen) => throw new NotSupportedException("Nothing is chosen by another way.");
    }
}
