namespace Orleans
{
    /// <summary>Starts and stops in stages.</summary>
    public interface ILifecycleObservable
    {
        /// <summary>Takes part in a stage.</summary>
        /// <param name="observerName">Who, for logs.</param>
        /// <param name="stage">When: start runs through the stages upwards, stop downwards.</param>
        /// <param name="observer">What to do.</param>
        /// <returns>Ends the part when disposed.</returns>
        IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
    }

    /// <summary>Does something at start and stop.</summary>
    public interface ILifecycleObserver
    {
        /// <summary>Starts.</summary>
        /// <param name="cancellationToken">Cancelled when the start is given up.</param>
        /// <returns>When it is done.</returns>
        Task OnStart(CancellationToken cancellationToken = default);

        /// <summary>Stops; not when the silo is killed.</summary>
        /// <param name="cancellationToken">Cancelled when the stop is to be hurried.</param>
        /// <returns>When it is done.</returns>
        Task OnStop(CancellationToken cancellationToken = default);
    }

    /// <summary>A service that takes part in a lifecycle.</summary>
    /// <typeparam name="TLifecycleObservable">The lifecycle.</typeparam>
    public interface ILifecycleParticipant<TLifecycleObservable>
        where TLifecycleObservable : ILifecycleObservable
    {
        /// <summary>Subscribes to the stages.</summary>
        /// <param name="lifecycle">The lifecycle.</param>
        void Participate(TLifecycleObservable lifecycle);
    }

    /// <summary>The stages of a silo's lifecycle.</summary>
    public static class ServiceLifecycleStage
    {
        /// <summary>Before all others.</summary>
        public const int First = int.MinValue;

        /// <summary>The runtime's foundations.</summary>
        public const int RuntimeInitialize = 2_000;

        /// <summary>The runtime's services.</summary>
        public const int RuntimeServices = 4_000;

        /// <summary>Storage.</summary>
        public const int RuntimeStorageServices = 6_000;

        /// <summary>The runtime's services for grains.</summary>
        public const int RuntimeGrainServices = 8_000;

        /// <summary>The application's services.</summary>
        public const int ApplicationServices = 10_000;

        /// <summary>At stop, grains are deactivated when the stages above this one have stopped.</summary>
        public const int GrainDeactivation = BecomeActive - 1;

        /// <summary>The silo is about to take calls.</summary>
        public const int BecomeActive = Active - 1;

        /// <summary>The silo takes calls.</summary>
        public const int Active = 20_000;

        /// <summary>After all others.</summary>
        public const int Last = int.MaxValue;
    }
}

namespace Orleans.Runtime
{
    /// <summary>The lifecycle of a silo.</summary>
    public interface ISiloLifecycle : ILifecycleObservable
    {
        /// <summary>The highest stage that has started.</summary>
        int HighestCompletedStage { get; }

        /// <summary>The lowest stage that has stopped.</summary>
        int LowestStoppedStage { get; }
    }
}
