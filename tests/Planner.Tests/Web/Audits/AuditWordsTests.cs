using System.Globalization;
using Planner.Data.Audits;
using Planner.Web.Components.Audits;
using Xunit;

namespace Planner.Tests.Web.Audits;

public sealed class AuditWordsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("de")]
    public void Every_action_and_what_it_is_done_to_has_words_in_each_language(string language)
    {
        var texts = AuditsTexts.ResourceManager.GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false)!;
        Assert.Equal([], AuditActions.All.Where(action => texts.GetString($"Said_{action.Replace('.', '_')}") is not { Length: > 0 }));
        Assert.Equal([], AuditActions.All.Where(action => texts.GetString($"Thing_{action.Split('.')[0]}") is not { Length: > 0 }));
    }

    [Fact]
    public void Words_are_those_of_the_action() => Assert.Equal(("Price list removed", "Held row"), (AuditWords.Said(AuditActions.PriceListRemoved), AuditWords.Thing("heldRow")));
}
