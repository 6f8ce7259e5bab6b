using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Planner.Load;

/// <summary>Messages of a circuit's hub as the browser sends them: MessagePack, each with its length before it.</summary>
internal static class HubMessages
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Close = 7;

    /// <summary>What is said first.</summary>
    public static readonly byte[] Handshake = "{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray();

    /// <summary>A call of the server.</summary>
    /// <param name="target">Name of the method.</param>
    /// <param name="id">What its result is to be known by; null where none is awaited.</param>
    /// <param name="arguments">Texts, numbers, truth values and nulls.</param>
    public static byte[] Call(string target, string? id, params ReadOnlySpan<object?> arguments)
    {
        var body = new ArrayBufferWriter<byte>(256);
        // Type, headers, id, target, arguments, streams.
        Put(body, 0x96, Invocation, 0x80);
        Write(body, id);
        Write(body, target);
        Put(body, (byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
            Write(body, argument);
        Put(body, 0x90);

        var frame = new ArrayBufferWriter<byte>(body.WrittenCount + 5);
        var left = (uint)body.WrittenCount;
        for (; left > 0x7f; left >>= 7)
            Put(frame, (byte)(left | 0x80));
        Put(frame, (byte)left);
        frame.Write(body.WrittenSpan);
        return frame.WrittenSpan.ToArray();
    }

    /// <summary>The length before a message: how much it takes itself, and what it says; null where it has not all come.</summary>
    public static (int Taken, int Length)? LengthOf(ReadOnlySpan<byte> bytes)
    {
        var (value, shift) = (0, 0);
        for (var i = 0; i < Math.Min(5, bytes.Length); i++, shift += 7)
        {
            value |= (bytes[i] & 0x7f) << shift;
            if ((bytes[i] & 0x80) == 0)
                return (i + 1, value);
        }

        return null;
    }

    private static void Write(ArrayBufferWriter<byte> to, object? value)
    {
        switch (value)
        {
            case null:
                Put(to, 0xc0);
                break;
            case bool truth:
                Put(to, truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case string text:
                var count = Encoding.UTF8.GetByteCount(text);
                Put(to, 0xdb);
                BinaryPrimitives.WriteInt32BigEndian(to.GetSpan(4), count);
                to.Advance(4);
                Encoding.UTF8.GetBytes(text, to);
                break;
            case long number:
                Put(to, 0xd3);
                BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(8), number);
                to.Advance(8);
                break;
            default:
                throw new NotSupportedException(value.GetType().Name);
        }
    }

    private static void Put(ArrayBufferWriter<byte> to, params ReadOnlySpan<byte> bytes) => to.Write(bytes);
}

/// <summary>Reads MessagePack, as much of it as a hub sends.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public int Array()
    {
        var head = Next();
        return head switch
        {
            >= 0x90 and <= 0x9f => head & 0x0f,
            0xdc => (int)Number(2),
            0xdd => (int)Number(4),
            _ => throw Unexpected(head),
        };
    }

    public long Integer()
    {
        var head = Next();
        return head switch
        {
            <= 0x7f => head,
            >= 0xe0 => (sbyte)head,
            0xcc or 0xd0 => head == 0xd0 ? (sbyte)Number(1) : Number(1),
            0xcd or 0xd1 => head == 0xd1 ? (short)Number(2) : Number(2),
            0xce or 0xd2 => head == 0xd2 ? (int)Number(4) : Number(4),
            0xcf or 0xd3 => Number(8),
            _ => throw Unexpected(head),
        };
    }

    public string? Text() => Bytes() is { IsEmpty: false } text ? Encoding.UTF8.GetString(text) : null;

    /// <summary>A text or bytes; empty where there is nothing.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var head = Next();
        return head switch
        {
            0xc0 => [],
            >= 0xa0 and <= 0xbf => Take(head & 0x1f),
            0xc4 or 0xd9 => Take((int)Number(1)),
            0xc5 or 0xda => Take((int)Number(2)),
            0xc6 or 0xdb => Take((int)Number(4)),
            _ => throw Unexpected(head),
        };
    }

    /// <summary>Leaves out the headers, which are empty.</summary>
    public void SkipHeaders()
    {
        if (Next() is not (0x80 or 0xc0) and var head)
            throw Unexpected(head);
    }

    private byte Next() => Take(1)[0];

    private long Number(int size)
    {
        var value = 0L;
        foreach (var one in Take(size))
            value = (value << 8) | one;
        return value;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var taken = _left[..count];
        _left = _left[count..];
        return taken;
    }

    private static InvalidDataException Unexpected(byte head) => new($"The hub sent 0x{head:x2} where something else was to come.");
}
