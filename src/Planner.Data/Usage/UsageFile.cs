using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Planner.Data.Usage.DuckDb;

namespace Planner.Data.Usage;

/// <summary>What a file of usage may be at most.</summary>
public sealed record UsageLimits
{
    private const int MostTimesPacked = 200;

    /// <summary>Largest file, bytes.</summary>
    public long MaxBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Largest file once unpacked, bytes.</summary>
    public long MaxUnpackedBytes { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Length up to which a file may unpack to any number of times its own, bytes.</summary>
    public long MaxUnpackedFreely { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Most rows of a file.</summary>
    public long MaxRows { get; init; } = 200_000_000;

    /// <summary>Largest that a packed file may be once unpacked, bytes. Logs that repeat long prompts shrink to a hundredth; what shrinks further is meant to fill the disk.</summary>
    /// <param name="packedBytes">Length of the file as it came.</param>
    internal long MostUnpacked(long packedBytes) => Math.Min(MaxUnpackedBytes, Math.Max(MaxUnpackedFreely, packedBytes * MostTimesPacked));

    /// <summary>Memory that reading may take, MB; what does not fit goes to the disk.</summary>
    public int MemoryMb { get; init; } = 600;
}

/// <summary>A file that cannot be taken in at all; the message is for the user.</summary>
public sealed class UsageRefusedException(string message) : Exception(message);

/// <summary>A file of usage in a folder of its own, which goes with it. Nothing else is read or written.</summary>
public sealed class UsageFile : IDisposable
{
    private const int Block = 1 << 20;
    private const int HeadBytes = 1 << 18;

    // The engine takes sixteen times the longest line for its buffer.
    private const int MostBytesOfLine = 1 << 24;

    private static readonly SearchValues<byte> Blank = SearchValues.Create(" \t\r\n"u8);

    private UsageTable? _table;

    private UsageFile(string name, string folder, string path, string sha256, long bytes)
    {
        Name = name;
        Folder = folder;
        Path = path;
        Sha256 = sha256;
        Bytes = bytes;
    }

    /// <summary>Name of the file as the user knows it.</summary>
    public string Name { get; }

    /// <summary>SHA-256 of the file as it came, 64 hex digits.</summary>
    public string Sha256 { get; }

    /// <summary>Length of the file as it came, bytes.</summary>
    public long Bytes { get; }

    /// <summary>The folder in which all work on it is done.</summary>
    internal string Folder { get; }

    /// <summary>Where its content lies, unpacked where it was packed with gzip or zip.</summary>
    internal string Path { get; }

    /// <summary>False where its head is a text in another encoding than UTF-8.</summary>
    internal bool IsUtf8 => Head(Path, HeadBytes).AsSpan() is var head && (head.StartsWith("PAR1"u8) || Utf8.IsValid(head[..(head.LastIndexOf((byte)'\n') + 1)]));

    /// <summary>Stores a file and unpacks it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="content">Its content, read to the end.</param>
    /// <param name="options">Where its folder is made, and what it may be at most.</param>
    /// <param name="progress">Told the bytes taken so far; null for nobody.</param>
    /// <param name="cancellationToken">Ends it early; nothing stays behind.</param>
    /// <exception cref="UsageRefusedException">It is too large, empty, or packed in a way that is not read.</exception>
    public static async Task<UsageFile> StoreAsync(
        string name, Stream content, UsageOptions options, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(options);
        var limits = options.Limits;
        var folder = options.NewWorkFolder();
        try
        {
            var raw = System.IO.Path.Combine(folder, "file");
            var (sha256, bytes) = await CopyAsync(content, raw, limits.MaxBytes, UsageTexts.TooLarge, progress, cancellationToken);
            if (bytes == 0)
                throw new UsageRefusedException(UsageTexts.Empty);
            var path = await UnpackAsync(raw, limits, cancellationToken);
            if (IsJson(TextOf(Head(path, HeadBytes))))
                await UsageJson.CheckDepthAsync(path, cancellationToken);
            return new UsageFile(System.IO.Path.GetFileName(name), folder, path, sha256, bytes);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Tells how its rows stand in it and what its columns are called; it is looked into once.</summary>
    /// <exception cref="UsageRefusedException">It is no table, or none that can be read.</exception>
    internal UsageTable Open(DuckDbSession session) => _table ??= Look(session);

    public void Dispose()
    {
        if (Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
    }

    private UsageTable Look(DuckDbSession session)
    {
        var head = Head(Path, HeadBytes);
        return head.AsSpan().StartsWith("PAR1"u8) ? OpenParquet(session, Path) : OpenText(session, head, Path);
    }

    private static UsageTable OpenParquet(DuckDbSession session, string path)
    {
        try
        {
            return new UsageTable(path, UsageContainer.Parquet, Names(session, $"SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet({Sql.Text(path)}))"));
        }
        catch (DuckDbException)
        {
            throw new UsageRefusedException(UsageTexts.NoTable);
        }
    }

    private static UsageTable OpenText(DuckDbSession session, ReadOnlySpan<byte> head, string path)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new UsageRefusedException(UsageTexts.NotUtf8);
        if (head.Contains((byte)0))
            throw new UsageRefusedException(UsageTexts.Binary);
        var text = TextOf(head);
        if (text.IsEmpty)
            throw new UsageRefusedException(UsageTexts.Empty);
        return IsJson(text) ? UsageJson.Open(path, text) : OpenCsv(session, path);
    }

    /// <summary>A head without its byte order mark and the blanks it begins with.</summary>
    private static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> head)
    {
        var text = head.StartsWith(Encoding.UTF8.Preamble) ? head[Encoding.UTF8.Preamble.Length..] : head;
        return text.IndexOfAnyExcept(Blank) is var first and >= 0 ? text[first..] : [];
    }

    private static bool IsJson(ReadOnlySpan<byte> text) => text is [(byte)'{' or (byte)'[', ..];

    private static UsageTable OpenCsv(DuckDbSession session, string path)
    {
        try
        {
            return Sniff(session, path, 0);
        }
        catch (DuckDbException)
        {
            // Most often a prompt that is longer than the engine takes unasked: to take more costs memory.
            try
            {
                return Sniff(session, path, MostBytesOfLine);
            }
            catch (DuckDbException)
            {
                throw new UsageRefusedException(UsageTexts.NoTable);
            }
        }
    }

    private static UsageTable Sniff(DuckDbSession session, string path, int mostBytesOfLine)
    {
        var found = session.Rows(
            $"SELECT Delimiter::VARCHAR, Quote::VARCHAR, Escape::VARCHAR, CAST(SkipRows AS BIGINT), HasHeader, to_json(list_transform(Columns, lambda x: x.name))::VARCHAR FROM sniff_csv({Sql.Text(path)}, sample_size = 2000, ignore_errors = true{UsageTable.LineOption(mostBytesOfLine)})",
            row => (Delimiter: row.Text(0)!, Quote: Character(row.Text(1)), Escape: Character(row.Text(2)), Skip: row.Whole(3)!.Value, HasHeader: row.Flag(4) == true, Columns: UsageJson.Texts(row.Text(5)!)))[0];
        if (!found.HasHeader)
            throw new UsageRefusedException(UsageTexts.NoHeader);
        if (found.Columns.Count < 2)
            throw new UsageRefusedException(UsageTexts.OneColumn);
        return new UsageTable(path, UsageContainer.Csv, found.Columns, found.Delimiter, found.Quote, found.Escape, (int)found.Skip) { MostBytesOfLine = mostBytesOfLine };

        static string Character(string? text) => text is null or "(empty)" or "\0" ? "" : text;
    }

    private static List<string> Names(DuckDbSession session, string sql) => [.. session.Rows(sql, row => row.Text(0)!)];

    private static byte[] Head(string path, int most)
    {
        using var file = File.OpenRead(path);
        var head = new byte[(int)Math.Min(most, file.Length)];
        file.ReadExactly(head);
        return head;
    }

    private static async Task<string> UnpackAsync(string raw, UsageLimits limits, CancellationToken cancellationToken)
    {
        var head = Head(raw, 4);
        var unpacked = raw + ".unpacked";
        var most = limits.MostUnpacked(new FileInfo(raw).Length);
        try
        {
            if (head is [0x1F, 0x8B, ..])
            {
                await using var packed = new GZipStream(File.OpenRead(raw), CompressionMode.Decompress);
                var (_, bytes) = await CopyAsync(packed, unpacked, most, UsageTexts.UnpacksTooLarge, null, cancellationToken);
                return IsWhole(raw, bytes) ? unpacked : throw new InvalidDataException();
            }

            if (head is [(byte)'P', (byte)'K', 3, 4])
            {
                await using var packed = await EntryOf(await ZipFile.OpenReadAsync(raw, cancellationToken)).OpenAsync(cancellationToken);
                await CopyAsync(packed, unpacked, most, UsageTexts.UnpacksTooLarge, null, cancellationToken);
                return unpacked;
            }

            if (head is [0x28, 0xB5, 0x2F, 0xFD])
            {
                await Task.Run(() => UnpackZstandard(raw, unpacked, most, limits.MemoryMb), cancellationToken);
                return unpacked;
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or DuckDbException)
        {
            throw new UsageRefusedException(UsageTexts.Damaged);
        }

        return raw;
    }

    /// <summary>
    /// .NET takes the end of a cut-off gzip file for its end. A whole one states the length of its content, by 2³², in its last four bytes; one of several parts that
    /// of the last part, which is no more than all of it.
    /// </summary>
    private static bool IsWhole(string packed, long unpackedBytes)
    {
        using var file = File.OpenRead(packed);
        file.Seek(-4, SeekOrigin.End);
        Span<byte> length = stackalloc byte[4];
        file.ReadExactly(length);
        var stated = BinaryPrimitives.ReadUInt32LittleEndian(length);
        return stated == (uint)unpackedBytes || (stated < unpackedBytes && HasParts(file));
    }

    private static bool HasParts(FileStream file)
    {
        file.Position = 10;
        var block = new byte[Block];
        for (var read = file.Read(block); read > 0; read = file.Read(block))
        {
            if (block.AsSpan(0, read).IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08]) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>.NET does not read Zstandard, the engine does: it copies the file line by line, each a single cell, as no text holds the delimiter.</summary>
    private static void UnpackZstandard(string packed, string unpacked, long most, int memoryMb)
    {
        using var session = DuckDbSession.Open(new DuckDbSettings([packed], System.IO.Path.GetDirectoryName(packed)!, memoryMb) { KeepsOrder = true });
        var tooLarge = false;
        using var watch = new Timer(
            _ =>
            {
                if (File.Exists(unpacked) && new FileInfo(unpacked).Length > most)
                {
                    tooLarge = true;
                    session.Interrupt();
                }
            },
            null, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        try
        {
            session.Run(
                $"COPY (SELECT * FROM read_csv({Sql.Text(packed)}, compression = 'zstd', auto_detect = false, header = false, delim = '\u0001', quote = '', escape = '', max_line_size = {MostBytesOfLine}, columns = {{'line': 'VARCHAR'}})) "
                + $"TO {Sql.Text(unpacked)} (FORMAT csv, HEADER false, DELIMITER '\u0001', QUOTE '', ESCAPE '')");
        }
        catch (DuckDbException) when (tooLarge)
        {
            throw new UsageRefusedException(UsageTexts.UnpacksTooLarge.With(most / (1024 * 1024)));
        }
    }

    /// <summary>The one table of an archive; DeepSeek's holds the tokens beside the costs, which the tokens' prices say too.</summary>
    private static ZipArchiveEntry EntryOf(ZipArchive archive)
    {
        if (archive.GetEntry("[Content_Types].xml") is not null || archive.GetEntry("content.xml") is not null)
            throw new UsageRefusedException(UsageTexts.Spreadsheet);
        string[] endings = [".csv", ".json", ".jsonl", ".ndjson", ".parquet", ".tsv", ".txt"];
        var tables = archive.Entries.Where(entry => endings.Any(ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))).ToList();
        return tables.FirstOrDefault(entry => entry.Name.StartsWith("amount", StringComparison.OrdinalIgnoreCase))
            ?? (tables is [var only] ? only : throw new UsageRefusedException(UsageTexts.ManyTables.With(tables.Count)));
    }

    private static async Task<(string Sha256, long Bytes)> CopyAsync(
        Stream content, string path, long most, string tooMuch, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            var bytes = 0L;
            for (var read = await content.ReadAsync(block.AsMemory(0, Block), cancellationToken); read > 0; read = await content.ReadAsync(block.AsMemory(0, Block), cancellationToken))
            {
                bytes += read;
                if (bytes > most)
                    throw new UsageRefusedException(tooMuch.With(most / (1024 * 1024)));
                hash.AppendData(block, 0, read);
                await file.WriteAsync(block.AsMemory(0, read), cancellationToken);
                progress?.Report(bytes);
            }

            return (Convert.ToHexStringLower(hash.GetHashAndReset()), bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }
}
