using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Planner.Data.Usage;
using Planner.Data.Usage.DuckDb;
using Xunit;

namespace Planner.Tests.Data.Usage;

/// <summary>Files that were damaged on their way: each is refused in words or loses rows, and none counts more than the sound one.</summary>
public sealed partial class UsageDamageTests : IDisposable
{
    private const int Mutations = 2000;

    private readonly string _folder = Directory.CreateTempSubdirectory("planner-damage-").FullName;
    private readonly UsageReader _reader = new(new UsageLimits { MemoryMb = 200 }, new ManualTime());

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Two_thousand_damaged_files_are_refused_or_lose_rows()
    {
        var random = new Random(20261201);
        var samples = UsageSamples.All.ToList();
        var faults = new List<string>();
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < Mutations; number++)
        {
            var (name, sample) = samples[number % samples.Count];
            var (kind, content) = Damaged(sample.Content, random);
            try
            {
                var tokens = await TokensAsync(content);
                if (tokens > sample.MostTokens)
                    faults.Add($"{number} {name}, {kind}: {tokens} tokens of {sample.MostTokens}\n{Encoding.UTF8.GetString(content)}");
                outcomes["read"] = outcomes.GetValueOrDefault("read") + 1;
            }
            catch (UsageRefusedException)
            {
                outcomes["refused"] = outcomes.GetValueOrDefault("refused") + 1;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                faults.Add($"{number} {name}, {kind}: {exception}");
            }
        }

        Assert.True(faults.Count == 0, $"{faults.Count} of {Mutations}: {string.Join("\n\n", faults.Take(5))}");
        // Both happen often, so that neither end was tried in vain.
        Assert.All(["read", "refused"], outcome => Assert.True(outcomes[outcome] > Mutations / 10, string.Join(", ", outcomes)));
    }

    private async Task<long> TokensAsync(byte[] content)
    {
        using var file = await UsageFile.StoreAsync("log", new MemoryStream(content), new UsageOptions { Folder = _folder }, null, TestContext.Current.CancellationToken);
        var known = _reader.Recognise(file);
        if (UsageMappingRules.Check(known.Mapping).Count > 0)
            return 0;
        var rows = _reader.Read(file, known.FormatId, known.Mapping, null, TestContext.Current.CancellationToken);
        using var session = DuckDbSession.Open(new DuckDbSettings([rows.Path], file.Folder, 200));
        return session.Rows($"SELECT CAST(coalesce(sum(coalesce(input, 0) + coalesce(output, 0)), 0) AS BIGINT) FROM read_parquet({Sql.Text(rows.Path)}) WHERE fault = 0", row => row.Whole(0)!.Value)[0];
    }

    private static (string Kind, byte[] Content) Damaged(string content, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        switch (random.Next(6))
        {
            case 0:
                return ("cut off", bytes[..random.Next(1, bytes.Length)]);
            case 1:
                for (var flips = random.Next(1, 4); flips > 0; flips--)
                {
                    var at = random.Next(bytes.Length);
                    var flipped = (byte)random.Next(256);
                    // Other digits are other numbers, which nobody can tell from the sound ones; a point or a letter makes them larger too.
                    if (!IsOfNumber(bytes[at]) && !IsOfNumber(flipped))
                        bytes[at] = flipped;
                }

                return ("flipped", bytes);
            case 2:
                return ("another type", Encoding.UTF8.GetBytes(OneNumber(content, random, ["null", "true", "\"abc\"", "[]", "{}", "{\"a\":[1]}", "NaN", ""])));
            case 3:
                return ("huge", Encoding.UTF8.GetBytes(OneNumber(content, random, ["99999999999999999999999999", "9223372036854775807", "1e400", "1e18", "-9223372036854775808", "-1"])));
            case 4:
                var name = Members().Matches(content) is { Count: > 0 } members ? members[random.Next(members.Count)] : null;
                return ("a member twice", Encoding.UTF8.GetBytes(name is null ? content + content.Split('\n')[0] : content.Insert(name.Index, name.Value + "null,")));
            default:
                var levels = random.Next(2) == 0 ? 1000 : 100_000;
                return ("nested", Encoding.UTF8.GetBytes(OneNumber(content, random, [new string('[', levels) + new string(']', levels), string.Concat(Enumerable.Repeat("{\"a\":", levels)) + "1" + new string('}', levels)])));
        }
    }

    private static bool IsOfNumber(byte character) => character is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'-' or (byte)'+' or (byte)'e' or (byte)'E';

    private static string OneNumber(string content, Random random, string[] instead)
    {
        var numbers = Numbers().Matches(content);
        if (numbers.Count == 0)
            return content;
        var number = numbers[random.Next(numbers.Count)];
        return string.Create(CultureInfo.InvariantCulture, $"{content[..number.Index]}{instead[random.Next(instead.Length)]}{content[(number.Index + number.Length)..]}");
    }

    [GeneratedRegex("(?<=[:,] ?)[0-9.]+(?=[,}\\]\n\r]|$)")]
    private static partial Regex Numbers();

    [GeneratedRegex("\"[A-Za-z_]+\": ?(?=[0-9])")]
    private static partial Regex Members();
}
