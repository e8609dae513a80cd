using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>What can be called.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    /// <summary>A grain. Its methods return Task, Task of T, ValueTask or ValueTask of T.</summary>
    public interface IGrain : IAddressable;

    /// <summary>A grain whose key is text.</summary>
    public interface IGrainWithStringKey : IGrain;

    /// <summary>What the runtime asks of a grain class; <see cref="Grain"/> answers it.</summary>
    public interface IGrainBase
    {
        /// <summary>The activation of this instance.</summary>
        IGrainContext GrainContext { get; }

        /// <summary>Runs before the first request.</summary>
        /// <param name="token">Cancelled when the activation is given up.</param>
        /// <returns>When the grain is ready. An exception fails the requests that wait.</returns>
        Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

        /// <summary>Runs after the last request; not when the silo is killed.</summary>
        /// <param name="reason">Why.</param>
        /// <param name="token">Cancelled when it takes too long.</param>
        /// <returns>When the grain is done.</returns>
        Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
    }
}
