using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Planner.Data.Moves;

/// <summary>Sums up the rows of a table in a way of its own, whatever database they are in: SHA-256 over the names of the columns and then over the rows, in the order of their keys.</summary>
/// <remarks>Each value is its kind, its length where that differs, and its bytes. A time is its microseconds, a text its UTF-8.</remarks>
internal sealed class TableDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    internal TableDigest(MovedTable table)
    {
        foreach (var column in table.Columns)
            Add(column.Name);
    }

    internal long Rows { get; private set; }

    public void Dispose() => _hash.Dispose();

    internal void Add(object?[] row)
    {
        Rows++;
        foreach (var value in row)
            Add(value);
    }

    internal string End() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    private void Add(object? value)
    {
        switch (value)
        {
            case null:
                AddNumber(0, 0);
                break;
            case bool flag:
                AddNumber(1, flag ? 1 : 0);
                break;
            case int number:
                AddNumber(2, number);
                break;
            case long number:
                AddNumber(2, number);
                break;
            case double number:
                // SQLite keeps no negative zero.
                AddNumber(3, BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number));
                break;
            case DateTime time:
                AddNumber(4, time.Ticks / TimeSpan.TicksPerMicrosecond);
                break;
            case DateOnly day:
                AddNumber(5, day.DayNumber);
                break;
            case string text:
                AddBytes(6, Encoding.UTF8.GetBytes(text));
                break;
            case byte[] bytes:
                AddBytes(7, bytes);
                break;
            default:
                throw new InvalidOperationException($"A {value.GetType()} is not summed up.");
        }
    }

    private void AddBytes(byte kind, byte[] bytes)
    {
        AddNumber(kind, bytes.Length);
        _hash.AppendData(bytes);
    }

    private void AddNumber(byte kind, long number)
    {
        Span<byte> bytes = stackalloc byte[1 + sizeof(long)];
        bytes[0] = kind;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number);
        _hash.AppendData(bytes);
    }
}
