using System.Globalization;
using Planner.Data.Reports;
using Planner.Web.Reports.Scheduled;
using Xunit;
using static Planner.Tests.Web.Reports.Scheduled.ReportTimesTests;

namespace Planner.Tests.Web.Reports.Scheduled;

/// <summary>What a schedule has to be like.</summary>
public class ScheduleRulesTests
{
    private static readonly DateTime Noon = Utc("2026-12-01 12:00");

    [Fact]
    public void Schedule_without_fault_is_kept_tidy()
    {
        var draft = ScheduleRules.Tidy(new ReportScheduleDraft("week", 8, "Monday ", 31, "0 0 8 * * ?", ["csv", "pdf", "csv"], "letter", true, [" a@example.com ", "A@EXAMPLE.com", "b@example.com"]));

        Assert.Equal(("monday", null, null), (draft.Weekday, draft.Day, draft.Cron));
        Assert.Equal(["pdf", "csv"], draft.Formats);
        Assert.Equal(["a@example.com", "b@example.com"], draft.Recipients);
        Assert.Empty(ScheduleRules.Check(draft, Options(), Noon));
        Assert.Equal("Every Monday at 08:00 UTC: PDF (Letter) and CSV to the server's folder and 2 addresses", ScheduleWords.Of(draft));
    }

    [Fact]
    public void Words_are_in_the_readers_language_and_those_of_the_audit_log_in_English()
    {
        var plan = new ReportScheduleDraft("week", 8, "monday", null, null, ["pdf", "xlsx"], "a4", true, ["a@example.com", "b@example.com"]);
        using var reader = Language.Of(CultureInfo.GetCultureInfo("de-DE"));

        Assert.Equal("Jeden Montag um 08:00 UTC: PDF (A4) und Arbeitsmappe an den Ordner des Servers und 2 Adressen", ScheduleWords.Of(plan));
        Assert.Equal("Every Monday at 08:00 UTC: PDF (A4) and workbook to the server's folder and 2 addresses", ScheduleWords.Noted(plan));
        Assert.Equal("de-DE", CultureInfo.CurrentUICulture.Name);
    }

    [Theory]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a@example.com\nb@example.com")]
    [InlineData("a@example.com\u2028b@example.com")]
    [InlineData("A <a@example.com>")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("\"a b\"@example.com")]
    [InlineData("a@example.com>")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("a@")]
    [InlineData("@example.com")]
    [InlineData("a\0@example.com")]
    [InlineData("")]
    public void Recipient_is_an_address_and_nothing_else(string recipient)
    {
        var problem = Assert.Single(ScheduleRules.Check(Plan("day") with { Hour = 8, Recipients = ["b@example.com", recipient] }, Options(), Noon));

        Assert.Equal(("recipients[1]", DeliveryTexts.RecipientForm), (problem.Path, problem.Message));
    }

    [Theory]
    [InlineData("a@example.com", true)]
    [InlineData("A@EXAMPLE.COM", true)]
    [InlineData("a@mail.example.com", false)]
    [InlineData("a@notexample.com", false)]
    [InlineData("board@other.example", true)]
    [InlineData("a@other.example", false)]
    public void Mail_goes_to_those_alone_whom_the_operator_allows(string recipient, bool isAllowed)
    {
        var problems = ScheduleRules.Check(Plan("day") with { Hour = 8, Recipients = [recipient] }, Options(("Reports:Smtp:AllowedRecipients", "example.com, board@other.example")), Noon);

        Assert.Equal(isAllowed ? [] : ["recipients[0]"], problems.Select(problem => problem.Path));
    }

    [Fact]
    public void Fault_stands_at_its_field()
    {
        Assert.Equal(["every"], Paths(Plan("hour")));
        Assert.Equal(["hour"], Paths(Plan("day") with { Hour = 24 }));
        Assert.Equal(["hour"], Paths(Plan("day")));
        Assert.Equal(["weekday"], Paths(Plan("week") with { Hour = 8, Weekday = "someday" }));
        Assert.Equal(["day"], Paths(Plan("month") with { Hour = 8, Day = 32 }));
        Assert.Equal(["cron"], Paths(Plan("cron")));
        Assert.Equal(["cron"], Paths(Plan("cron") with { Cron = "every day" }));
        Assert.Equal(["cron"], Paths(Plan("cron") with { Cron = "0 0 8 1 1 ? 2020" }));
        Assert.Equal(["cron"], Paths(Plan("cron") with { Cron = "0 0/59 * * * ?" }));
        Assert.Empty(Paths(Plan("cron") with { Cron = "0 0 * * * ?" }));
        Assert.Equal(["formats"], Paths(Plan("day") with { Hour = 8, Formats = [] }));
        Assert.Equal(["formats"], Paths(Plan("day") with { Hour = 8, Formats = ["docx"] }));
        Assert.Equal(["paper"], Paths(Plan("day") with { Hour = 8, Paper = "a3" }));
        Assert.Equal(["recipients"], Paths(Plan("day") with { Hour = 8, ToFolder = false }));
        Assert.Equal(["recipients"], Paths(Plan("day") with { Hour = 8, Recipients = [.. Enumerable.Range(0, 21).Select(i => $"a{i}@example.com")] }));
    }

    [Fact]
    public void What_is_not_configured_is_said_with_the_setting_that_does_it()
    {
        var nothing = DeliveryOptionsTests.From();

        var problems = ScheduleRules.Check(Plan("day") with { Hour = 8, Recipients = ["a@example.com"] }, nothing, Noon);

        Assert.Equal(["toFolder", "recipients"], problems.Select(problem => problem.Path));
        Assert.Contains("Reports:Folder", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("Reports:Smtp:Host", problems[1].Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Paths(ReportScheduleDraft draft) => ScheduleRules.Check(draft, Options(), Noon).Select(problem => problem.Path);

    private static DeliveryOptions Options(params (string, string)[] more) => DeliveryOptionsTests.From(
        [("Reports:Folder", "/srv/reports"), ("Reports:Smtp:Host", "mail.example.com"), ("Reports:Smtp:From", "planner@example.com"), .. more]);
}
