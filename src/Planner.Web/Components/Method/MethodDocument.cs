using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Planner.Web.Components.Method;

/// <summary>A heading that the page's table of contents links to.</summary>
/// <param name="Id">Its anchor.</param>
/// <param name="Text">Its words.</param>
public sealed record MethodHeading(string Id, string Text);

/// <summary>The method as the page shows it. Made once: the file is part of the assembly.</summary>
/// <param name="Html">The text without its title. It holds no raw HTML, only what Markdown can say.</param>
/// <param name="Title">The title.</param>
/// <param name="Sections">Its sections in order.</param>
public sealed record MethodDocument(string Html, string Title, IReadOnlyList<MethodHeading> Sections)
{
    private const string Resource = "method.md";

    private static readonly Lazy<MethodDocument> Shipped = new(() => From(ReadShipped(), "/method"));

    public static MethodDocument Current => Shipped.Value;

    /// <summary>The text that the page is made of.</summary>
    public static string Source => ReadShipped();

    /// <summary>Renders a text.</summary>
    /// <param name="markdown">The text; its first heading is the title.</param>
    /// <param name="path">Path of the page, for links within it: with a base address a bare fragment would lead to the overview.</param>
    public static MethodDocument From(string markdown, string path)
    {
        var pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers().DisableHtml().Build();
        var document = Markdown.Parse(markdown, pipeline);
        foreach (var link in document.Descendants<LinkInline>().Where(link => link.Url is ['#', ..]))
            link.Url = path + link.Url;
        // Wide tables and formulas scroll in their own box, and with the keyboard too.
        foreach (var wide in document.Descendants().Where(block => block is Table or CodeBlock))
            wide.GetAttributes().AddProperty("tabindex", "0");
        var title = document.OfType<HeadingBlock>().FirstOrDefault(heading => heading.Level == 1);
        if (title is not null)
            document.Remove(title);
        var sections = document.OfType<HeadingBlock>().Where(heading => heading.Level == 2)
            .Select(heading => new MethodHeading(heading.GetAttributes().Id ?? "", TextOf(heading)));
        return new(document.ToHtml(pipeline), title is null ? "" : TextOf(title), [.. sections]);
    }

    private static string TextOf(HeadingBlock heading) =>
        string.Concat(heading.Inline?.Descendants<LiteralInline>().Select(text => text.Content.ToString()) ?? []);

    private static string ReadShipped()
    {
        using var stream = typeof(MethodDocument).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
