using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Paxos.Client.Hosting;

namespace Orleans.Paxos.Tests.Client;

public sealed class PaxosClientOptionsTests
{
    [Fact]
    public void The_defaults_are_good() =>
        Assert.True(new PaxosClientOptionsValidator().Validate(null, new PaxosClientOptions()).Succeeded);

    [Fact]
    public void Every_mistake_is_named()
    {
        var options = new PaxosClientOptions
        {
            PingInterval = TimeSpan.FromMilliseconds(9),
            HungAfter = TimeSpan.Zero,
            HedgeAfter = TimeSpan.FromMinutes(61),
            RequestTimeout = TimeSpan.FromSeconds(-1),
            FloorCacheEntries = -1,
            ClockRateTolerance = double.NaN,
        };

        var failures = new PaxosClientOptionsValidator().Validate(null, options).Failures!.ToList();

        Assert.Equal(7, failures.Count);
        foreach (var option in typeof(PaxosClientOptions).GetProperties())
            Assert.Contains(failures, failure => failure.Contains(option.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void The_host_refuses_to_start_with_a_mistake()
    {
        var services = new ServiceCollection();
        services.AddPaxosRegisters(options => options.PingInterval = TimeSpan.Zero);
        using var provider = services.BuildServiceProvider();

        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
        Assert.Contains("PingInterval", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Added_twice_it_is_there_once()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IGatewaySource>(_ => throw new NotSupportedException());
        services.AddPaxosRegisters().AddPaxosRegisters();

        Assert.Single(services, service => service.ServiceType == typeof(IRegisterClient));
        Assert.Single(services, service => service.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService));
    }
}
