namespace Orleans.Paxos.Storage.Sqlite;

/// <summary>The state of a record that does not exist: a new object where the type can make one, else null.</summary>
/// <typeparam name="T">The type of the state.</typeparam>
internal static class NewGrainState<T>
{
    private static readonly bool CanBeMade = typeof(T).IsValueType || (!typeof(T).IsAbstract && typeof(T).GetConstructor(Type.EmptyTypes) is not null);

    public static T? Create() => CanBeMade ? Activator.CreateInstance<T>() : default;
}
