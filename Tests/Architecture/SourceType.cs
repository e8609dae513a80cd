using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Orleans.Paxos.Tests.Architecture;

/// <summary>A type of an assembly and the folder of the project that contains its source.</summary>
/// <param name="Type">The type, which is not nested.</param>
/// <param name="Folder">The folder, relative to the project; empty for the project's own directory.</param>
internal sealed record SourceType(Type Type, string Folder)
{
    // "Type definition documents", for types without code (Portable PDB specification, custom debug information).
    private static readonly Guid TypeDefinitionDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>Gets the types whose source is in a project, without those that the build generates or links.</summary>
    /// <param name="assembly">The project's assembly.</param>
    /// <param name="projectDirectory">The directory of the project.</param>
    public static IReadOnlyList<SourceType> All(Assembly assembly, string projectDirectory)
    {
        using var stream = File.OpenRead(Path.ChangeExtension(assembly.Location, ".pdb"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var symbols = provider.GetMetadataReader();
        var types = new List<SourceType>();
        foreach (var type in assembly.GetTypes().Where(type => !type.IsNested))
        {
            var file = Documents(symbols, type)
                .Select(document => Path.GetRelativePath(projectDirectory, document))
                .FirstOrDefault(path => !path.StartsWith("..") && !Path.IsPathRooted(path));
            if (file is not null)
                types.Add(new SourceType(type, Path.GetDirectoryName(file)!.Replace('\\', '/')));
        }

        return types;
    }

    private static IEnumerable<string> Documents(MetadataReader symbols, Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        var handle = MetadataTokens.TypeDefinitionHandle(type.MetadataToken & 0x00FFFFFF);
        foreach (var information in symbols.GetCustomDebugInformation(handle).Select(symbols.GetCustomDebugInformation))
        {
            if (symbols.GetGuid(information.Kind) != TypeDefinitionDocuments)
                continue;
            for (var documents = symbols.GetBlobReader(information.Value); documents.RemainingBytes > 0;)
                yield return Name(MetadataTokens.DocumentHandle(documents.ReadCompressedInteger()));
        }

        foreach (var method in type.GetMembers(Declared).OfType<MethodBase>())
        {
            var body = MetadataTokens.MethodDefinitionHandle(method.MetadataToken & 0x00FFFFFF);
            if (symbols.GetMethodDebugInformation(body).Document is { IsNil: false } document)
                yield return Name(document);
        }

        // The compiler moves the code of an asynchronous method to a separate type.
        foreach (var document in type.GetNestedTypes(Declared).SelectMany(nested => Documents(symbols, nested)))
            yield return document;

        string Name(DocumentHandle document) => symbols.GetString(symbols.GetDocument(document).Name);
    }
}
