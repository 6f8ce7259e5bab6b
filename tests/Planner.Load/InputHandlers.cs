using System.Buffers.Binary;
using System.Text;

namespace Planner.Load;

/// <summary>Finds in a render batch the handlers of one input. Offsets are those of the framework's script, which reads the same bytes.</summary>
/// <param name="input">Id of the input's element.</param>
internal sealed class InputHandlers(string input)
{
    private const int EditBytes = 16;
    private const int FrameBytes = 20;
    private const int PrependFrame = 1;
    private const int SetAttribute = 3;
    private const int ElementFrame = 1;
    private const int AttributeFrame = 3;

    private readonly byte[] _input = Encoding.UTF8.GetBytes(input);

    /// <summary>The component that the input belongs to; null before it was shown.</summary>
    public int? Component { get; private set; }

    /// <summary>Handles a key.</summary>
    public ulong OnInput { get; private set; }

    /// <summary>Handles that the box was left.</summary>
    public ulong OnChange { get; private set; }

    public void Read(ReadOnlySpan<byte> batch)
    {
        var (updated, frames, strings) = (Int(batch, batch.Length - 20), Int(batch, batch.Length - 16) + 4, Int(batch, batch.Length - 4));
        for (var i = 0; i < Int(batch, updated); i++)
        {
            var diff = Int(batch, updated + 4 + (4 * i));
            var component = Int(batch, diff);
            for (var edit = 0; edit < Int(batch, diff + 4); edit++)
            {
                var at = diff + 8 + (EditBytes * edit);
                var frame = frames + (FrameBytes * Int(batch, at + 8));
                if (Int(batch, at) == SetAttribute && component == Component)
                    Take(batch, strings, frame);
                else if (Int(batch, at) == PrependFrame && Int(batch, frame) == ElementFrame)
                    Look(batch, strings, component, frame, Int(batch, frame + 4));
            }
        }
    }

    /// <summary>Looks for the input among the elements that came.</summary>
    private void Look(ReadOnlySpan<byte> batch, int strings, int component, int first, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var frame = first + (FrameBytes * i);
            if (Int(batch, frame) != AttributeFrame || !Text(batch, strings, Int(batch, frame + 8)).SequenceEqual(_input) || !Text(batch, strings, Int(batch, frame + 4)).SequenceEqual("id"u8))
                continue;
            Component = component;
            for (i++; i < count && Int(batch, first + (FrameBytes * i)) == AttributeFrame; i++)
                Take(batch, strings, first + (FrameBytes * i));
        }
    }

    private void Take(ReadOnlySpan<byte> batch, int strings, int frame)
    {
        var name = Text(batch, strings, Int(batch, frame + 4));
        if (name.SequenceEqual("oninput"u8))
            OnInput = BinaryPrimitives.ReadUInt64LittleEndian(batch[(frame + 12)..]);
        else if (name.SequenceEqual("onchange"u8))
            OnChange = BinaryPrimitives.ReadUInt64LittleEndian(batch[(frame + 12)..]);
    }

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> batch, int strings, int index)
    {
        if (index < 0)
            return [];
        var from = batch[Int(batch, strings + (4 * index))..];
        var (taken, length) = HubMessages.LengthOf(from) ?? throw new InvalidDataException("A text of a render batch has no length.");
        return from.Slice(taken, length);
    }

    private static int Int(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[at..]);
}
