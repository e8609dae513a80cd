using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>The grain classes of a cluster, and the prototypes of references to them.</summary>
internal sealed class GrainClasses
{
    private readonly Dictionary<GrainType, GrainClass> _byType = [];
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainProxy> _prototypes = new();
    private readonly ConcurrentDictionary<(Type Interface, GrainType Type), GrainProxy> _prototypesByType = new();

    public GrainClasses(IEnumerable<Assembly> assemblies)
    {
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsGrainClass))
        {
            var grainClass = new GrainClass(type);
            if (!_byType.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new InvalidOperationException(
                    $"{type} and {_byType[grainClass.GrainType].Type} have the same grain type '{grainClass.GrainType}'. Give one of them a [GrainType].");
            }
        }
    }

    /// <summary>The assemblies that can hold grain classes: those loaded, and those that the entry assembly refers to.</summary>
    public static IEnumerable<Assembly> FindAssemblies()
    {
        var found = new Dictionary<string, Assembly>();
        var toVisit = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies());
        if (Assembly.GetEntryAssembly() is { } entry)
            toVisit.Enqueue(entry);
        while (toVisit.TryDequeue(out var assembly))
        {
            if (assembly.IsDynamic || IsOfThePlatform(assembly.GetName()) || !found.TryAdd(assembly.FullName!, assembly))
                continue;
            foreach (var name in assembly.GetReferencedAssemblies().Where(name => !IsOfThePlatform(name) && !found.ContainsKey(name.FullName)))
            {
                if (TryLoad(name) is { } referenced)
                    toVisit.Enqueue(referenced);
            }
        }

        return found.Values.Where(UsesOrleans);
    }

    public static bool UsesOrleans(Assembly assembly)
    {
        var own = typeof(GrainClasses).Assembly.GetName().Name;
        return assembly.GetReferencedAssemblies().Any(name => name.Name == own);
    }

    /// <exception cref="ArgumentException">No class implements the interface, or several do.</exception>
    public GrainProxy Prototype(Type grainInterface, string? classNamePrefix) => _prototypes.GetOrAdd(
        (grainInterface, classNamePrefix),
        static (key, classes) => GrainProxy.Prototype(GrainInterface.For(key.Interface), classes.ClassOf(key.Interface, key.Prefix)),
        this);

    /// <exception cref="ArgumentException">There is no class of the type, or it does not implement the interface.</exception>
    public GrainProxy Prototype(Type grainInterface, GrainType type) => _prototypesByType.GetOrAdd(
        (grainInterface, type),
        static (key, classes) => GrainProxy.Prototype(GrainInterface.For(key.Interface), classes.ClassOf(key.Interface, key.Type)),
        this);

    // Classes that only implement a grain interface are left out: they are the fakes of unit tests.
    private static bool IsGrainClass(Type type) =>
        type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
        && typeof(IGrain).IsAssignableFrom(type) && typeof(IGrainBase).IsAssignableFrom(type);

    private static bool IsOfThePlatform(AssemblyName name) =>
        name.Name is not { } text || text.StartsWith("System.", StringComparison.Ordinal) || text.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (IOException)
        {
            // A reference that is only needed to compile.
            return null;
        }
    }

    private GrainClass ClassOf(Type grainInterface, string? classNamePrefix)
    {
        var candidates = _byType.Values
            .Where(grainClass => grainInterface.IsAssignableFrom(grainClass.Type))
            .Where(grainClass => classNamePrefix is null || grainClass.Type.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToList();
        if (candidates.Count > 1 && candidates.Find(candidate => candidate.Type.Name == grainInterface.Name[1..]) is { } namesake)
            return namesake;
        return candidates.Count switch
        {
            1 => candidates[0],
            0 => throw new ArgumentException($"No grain class implements {grainInterface}. Does the entry assembly refer to its assembly? If not, add it with AddApplicationPart."),
            _ => throw new ArgumentException($"{candidates.Count} grain classes implement {grainInterface}: {string.Join(", ", candidates.Select(candidate => candidate.Type))}. Tell them apart by a class name prefix."),
        };
    }

    private GrainClass ClassOf(Type grainInterface, GrainType type)
    {
        if (!_byType.TryGetValue(type, out var grainClass))
            throw new ArgumentException($"There is no grain class of type '{type}'.");
        if (!grainInterface.IsAssignableFrom(grainClass.Type))
            throw new ArgumentException($"{grainClass.Type} does not implement {grainInterface}.");
        return grainClass;
    }
}
