using System.IO.Compression;
using System.Text;
using Planner.Domain.Artefacts;
using Planner.Domain.Scenarios;

namespace Planner.Web.Components.Scenarios;

/// <summary>A bundle of files as one.</summary>
internal static class ArtefactZip
{
    public const string ContentType = "application/zip";

    // Scripts may be run; the upper half holds what Unix keeps of a file.
    private const int Script = (0x8000 | 0b111_101_101) << 16;
    private const int Plain = (0x8000 | 0b110_100_100) << 16;

    /// <summary>The day from which zip files can be dated: the same bundle gives the same bytes.</summary>
    private static readonly DateTimeOffset Undated = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Of(ArtefactBundle bundle)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in bundle.Files)
            {
                var entry = zip.CreateEntry(file.Name);
                entry.LastWriteTime = Undated;
                entry.ExternalAttributes = file.Name.EndsWith(".sh", StringComparison.Ordinal) ? Script : Plain;
                using var content = entry.Open();
                content.Write(Encoding.UTF8.GetBytes(file.Content));
            }
        }

        return bytes.ToArray();
    }

    public static string NameOf(Scenario scenario, ArtefactBundle bundle) => $"{ScenarioFiles.NameOf(scenario)}-{bundle.OptionId}.zip";
}
