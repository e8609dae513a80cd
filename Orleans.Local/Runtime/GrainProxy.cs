using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Local;

/// <summary>A reference to a grain.</summary>
internal class GrainProxy : DispatchProxy
{
    public GrainId GrainId { get; private set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => throw new NotSupportedException();
}
