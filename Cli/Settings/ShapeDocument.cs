using Orleans.Paxos.Cli.Http;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// Reads and writes a shape as a register stores it: the settings file with every value blanked, a string to "", a number
/// to 0 and a boolean to false.
/// </summary>
internal static class ShapeDocument
{
    public static byte[] Write(ShapeGroup shape) => SettingsWriter.Write(shape, Blank, indented: false);

    /// <exception cref="FormatException">The document is not a shape.</exception>
    public static ShapeGroup Read(byte[] document) =>
        SettingsFileReader.Read(Utf8Value.Decode(document) ?? throw new FormatException("It is not UTF-8."), isStored: true).Shape;

    private static string Blank(string[] path, ShapeType type) => type switch
    {
        ShapeType.Number => "0",
        ShapeType.Boolean => "false",
        _ => "",
    };
}
