using System.Security.Cryptography;

namespace Orleans.Paxos.Tests.Storage.Sqlite;

/// <summary>Every file in a directory with the hash of its content, to compare before and after.</summary>
internal static class DirectorySnapshot
{
    public static Dictionary<string, string> Of(string directory) =>
        Directory.GetFiles(directory).ToDictionary(file => Path.GetFileName(file), Hash);

    private static string Hash(string path)
    {
        // A locked file is empty and cannot be opened while it is held.
        if (Path.GetFileName(path) == "lock")
            return new FileInfo(path).Length.ToString();
        return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
    }
}
