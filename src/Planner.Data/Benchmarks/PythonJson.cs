namespace Planner.Data.Benchmarks;

/// <summary>JSON as Python writes it.</summary>
internal static class PythonJson
{
    /// <summary>
    /// Python writes numbers that are none as <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>, which is no JSON: they become texts here, so that the run that
    /// has one can be named instead of losing the file.
    /// </summary>
    internal static ReadOnlyMemory<byte> QuoteNonNumbers(ReadOnlyMemory<byte> json)
    {
        var bytes = json.Span;
        if (bytes.IndexOf("NaN"u8) < 0 && bytes.IndexOf("Infinity"u8) < 0)
            return json;
        using var quoted = new MemoryStream(bytes.Length + 256);
        var from = 0;
        var inText = false;
        for (var at = 0; at < bytes.Length; at++)
        {
            switch (bytes[at])
            {
                case (byte)'\\' when inText:
                    at++;
                    break;
                case (byte)'"':
                    inText = !inText;
                    break;
                case (byte)'N' or (byte)'I' or (byte)'-' when !inText && NonNumberAt(bytes[at..]) is > 0 and var length:
                    quoted.Write(bytes[from..at]);
                    quoted.WriteByte((byte)'"');
                    quoted.Write(bytes.Slice(at, length));
                    quoted.WriteByte((byte)'"');
                    at += length - 1;
                    from = at + 1;
                    break;
            }
        }

        quoted.Write(bytes[from..]);
        return quoted.ToArray();
    }

    private static int NonNumberAt(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("NaN"u8) ? 3 : rest.StartsWith("Infinity"u8) ? 8 : rest.StartsWith("-Infinity"u8) ? 9 : 0;
}
