using Orleans.Concurrency;

namespace Orleans.Paxos.Tests.Local;

public sealed class UnmarkedNote;

[GenerateSerializer]
public sealed class NoteWithoutId
{
    [Id(0)]
    public int First { get; set; }

    public int Second { get; set; }
}

[GenerateSerializer]
public sealed record NoteWithIdOnParameter([property: Id(0)] int First, [Id(1)] int Second);

[GenerateSerializer]
public sealed class NoteWithOneIdTwice
{
    [Id(0)]
    public int First { get; set; }

    [Id(0)]
    public int Second { get; set; }
}

[GenerateSerializer, Immutable]
public sealed record NoteOfUnmarked([property: Id(0)] ImmutableArray<UnmarkedNote> Notes);

public class UnmarkedBase
{
    public int Number { get; set; }
}

[GenerateSerializer]
public sealed class NoteOnUnmarkedBase : UnmarkedBase;

public interface ITakesGrain<T> : IGrainWithStringKey
{
    Task TakeAsync(T value);
}

public interface IGivesGrain<T> : IGrainWithStringKey
{
    Task<T> GiveAsync();
}

public interface ITakesImmutableGrain : IGrainWithStringKey
{
    Task TakeAsync([Immutable] UnmarkedNote value);
}

public interface ISynchronousGrain : IGrainWithStringKey
{
    int Now();
}

public interface IGenericMethodGrain : IGrainWithStringKey
{
    Task DoAsync<T>(T value);
}

public interface IOneWayResultGrain : IGrainWithStringKey
{
    [OneWay]
    Task<int> TellAsync();
}

public interface INobodysGrain : IGrainWithStringKey
{
    Task DoAsync();
}
