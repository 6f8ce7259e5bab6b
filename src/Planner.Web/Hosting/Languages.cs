using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Planner.Web.Api;

namespace Planner.Web.Hosting;

/// <summary>
/// The languages of the pages. The reader's choice is kept in a cookie; without one the browser's languages decide, and English where it asks for none of ours. Figures follow the country that the browser names
/// with the language: English for Britain writes dates and amounts as they are written there. What programs read, and what is stored, is English always.
/// </summary>
public static class Languages
{
    private const string Default = "en-US";

    /// <summary>Name of the cookie that shell.ts writes, in the framework's form: "c=de-AT|uic=de".</summary>
    public const string CookieName = "planner-language";

    /// <summary>Those there are, each with all its texts.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("de")];

    /// <summary>The one that this page is in.</summary>
    public static CultureInfo Current => All.FirstOrDefault(language => language.TwoLetterISOLanguageName == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? All[0];

    /// <summary>What files for the present reader have to be asked for in; null where it is what they are in anyway.</summary>
    public static CultureInfo? Asked
    {
        get
        {
            var (language, country) = (Current.Name, CultureInfo.CurrentCulture);
            var name = country.TwoLetterISOLanguageName == language ? country.Name : language;
            return name is "en" or Default ? null : CultureInfo.GetCultureInfo(name);
        }
    }

    private static IReadOnlyList<CultureInfo> Countries { get; } =
        [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => All.Any(language => language.TwoLetterISOLanguageName == culture.TwoLetterISOLanguageName))];

    /// <summary>The culture that a word names, "de" or "de-AT"; null where it names none of our languages.</summary>
    public static CultureInfo? Parse(string? word) => Countries.FirstOrDefault(culture => culture.Name.Equals(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The header by which a browser asks for a culture.</summary>
    public static KeyValuePair<string, string> Header(CultureInfo? culture) => new("Accept-Language", culture?.Name ?? Default);

    /// <summary>Registers them.</summary>
    public static IServiceCollection AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        options.DefaultRequestCulture = new RequestCulture(Default, "en");
        options.SupportedUICultures = [.. All];
        options.SupportedCultures = [.. Countries];
        // Not the query's: a link that somebody sends must not change the language of who opens it.
        options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = CookieName, Options = options }, new AcceptLanguageHeaderRequestCultureProvider { Options = options }];
    });

    /// <summary>Answers people in their language, and programs in English whatever they ask for.</summary>
    public static WebApplication UseLanguages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseWhen(ApiPaths.IsApi, programs => programs.Use(async (context, next) =>
        {
            using var language = Language.Stored();
            await next(context);
        }));
        return app;
    }
}
