using System.Globalization;
using Microsoft.AspNetCore.Localization;

namespace Planner.Web.Hosting;

/// <summary>
/// The languages of the pages. The reader's choice is kept in a cookie; without one the browser's languages decide, and English where it asks for none of ours. Figures follow the country that the browser names
/// with the language: English for Britain writes dates and amounts as they are written there. What programs read, and what is stored, is English always.
/// </summary>
public static class Languages
{
    /// <summary>Name of the cookie that shell.ts writes, in the framework's form: "c=de-AT|uic=de".</summary>
    public const string CookieName = "planner-language";

    /// <summary>Those there are, each with all its texts.</summary>
    public static IReadOnlyList<CultureInfo> All { get; } = [CultureInfo.GetCultureInfo("en"), CultureInfo.GetCultureInfo("de")];

    /// <summary>The one that this page is in.</summary>
    public static CultureInfo Current => All.FirstOrDefault(language => language.TwoLetterISOLanguageName == CultureInfo.CurrentUICulture.TwoLetterISOLanguageName) ?? All[0];

    /// <summary>Registers them.</summary>
    public static IServiceCollection AddLanguages(this IServiceCollection services) => services.Configure<RequestLocalizationOptions>(options =>
    {
        options.DefaultRequestCulture = new RequestCulture("en-US", "en");
        options.SupportedUICultures = [.. All];
        options.SupportedCultures = [.. CultureInfo.GetCultures(CultureTypes.AllCultures).Where(culture => All.Any(language => language.TwoLetterISOLanguageName == culture.TwoLetterISOLanguageName))];
        // Not the query's: a link that somebody sends must not change the language of who opens it.
        options.RequestCultureProviders = [new CookieRequestCultureProvider { CookieName = CookieName, Options = options }, new AcceptLanguageHeaderRequestCultureProvider { Options = options }];
    });
}
