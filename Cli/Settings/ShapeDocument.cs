using Orleans.Paxos.Cli.Output;

namespace Orleans.Paxos.Cli.Settings;

/// <summary>
/// A shape as a register keeps it: the settings file itself with every value blanked, a string to "", a number to 0, a
/// boolean to false.
/// </summary>
internal static class ShapeDocument
{
    public static byte[] Write(ShapeGroup shape) => SettingsWriter.Write(shape, Blank, indented: false);

    /// <exception cref="FormatException">It is no shape.</exception>
    public static ShapeGroup Read(byte[] document) =>
        SettingsFileReader.Read(TextValue.Decode(document) ?? throw new FormatException("It is not UTF-8."), isStored: true).Shape;

    private static string Blank(string[] path, ShapeType type) => type switch
    {
        ShapeType.Number => "0",
        ShapeType.Boolean => "false",
        _ => "",
    };
}
