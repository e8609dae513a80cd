using Xunit.Sdk;
using Xunit.v3;

namespace Orleans.Paxos.Tests;

/// <summary>
/// Starts the collections that several classes share before those of one class, so that no long chain of tests is left for the end, when
/// nothing runs beside it. Otherwise the order is random.
/// </summary>
public sealed class ChainsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : notnull, ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(static collection => !IsShared(collection))];

    private static bool IsShared(ITestCollection collection) => collection.TestCollectionDisplayName.EndsWith("Tests", StringComparison.Ordinal);
}
