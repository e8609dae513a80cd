namespace Orleans
{
    /// <summary>Names the type of a grain class in grain ids. Without it: the class name in lower case, without "grain" at its end.</summary>
    /// <param name="grainType">The name.</param>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
    public sealed class GrainTypeAttribute(string grainType) : Attribute
    {
        internal string GrainType { get; } = grainType;
    }
}

namespace Orleans.GrainDirectory
{
    /// <summary>Names the directory that knows where the grain is active.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public sealed class GrainDirectoryAttribute : Attribute
    {
        /// <summary>The name of the runtime's own directory.</summary>
        public const string DEFAULT_GRAIN_DIRECTORY = "default";

        /// <summary>The runtime's own directory.</summary>
        public GrainDirectoryAttribute()
            : this(DEFAULT_GRAIN_DIRECTORY)
        {
        }

        /// <summary>A directory registered under a name.</summary>
        /// <param name="grainDirectoryName">The name given to AddGrainDirectory.</param>
        public GrainDirectoryAttribute(string grainDirectoryName) => GrainDirectoryName = grainDirectoryName;

        /// <summary>The directory's name.</summary>
        public string GrainDirectoryName { get; set; }
    }
}
