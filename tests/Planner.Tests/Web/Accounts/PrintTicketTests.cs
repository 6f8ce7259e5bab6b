using Microsoft.Extensions.Configuration;
using Planner.Data.Accounts;
using Planner.Tests.Data;
using Planner.Web.Accounts;
using Xunit;

namespace Planner.Tests.Web.Accounts;

public class PrintTicketTests
{
    private readonly ManualTime _time = new();
    private readonly CurrentReach _reach = new();

    [Fact]
    public void Ticket_opens_its_page_once_with_the_reach_of_who_asked()
    {
        var (tickets, reach) = (Tickets(), new Reach(7, Role.Editor));
        string ticket;
        using (_reach.Enter(reach))
            ticket = tickets.Issue("/report/a?version=1")!;

        Assert.Equal(reach, tickets.Redeem(ticket, "/report/a?version=1"));
        Assert.Null(tickets.Redeem(ticket, "/report/a?version=1"));
        // 256 bits as hexadecimal digits.
        Assert.Matches("^[0-9a-f]{64}$", ticket);
    }

    [Theory]
    [InlineData("/report/b?version=1", 0)]
    [InlineData("/report/a?version=1", 61)]
    public void Ticket_opens_no_other_page_and_none_after_a_minute(string path, int seconds)
    {
        var tickets = Tickets();
        var ticket = tickets.Issue("/report/a?version=1")!;
        _time.Now = _time.Now.AddSeconds(seconds);

        Assert.Null(tickets.Redeem(ticket, path));
    }

    [Fact]
    public void Without_accounts_there_are_no_tickets() => Assert.Null(Tickets("false").Issue("/report/a"));

    [Fact]
    public void Reader_of_a_ticket_reads_and_nothing_more()
    {
        var reader = Callers.Reader(new Reach(7, Role.Admin, IsKeeper: true));

        Assert.Equal(new Reach(7, Role.Viewer), Callers.ReachOf(reader));
    }

    private PrintTickets Tickets(string enabled = "true") =>
        new(AccountsOptions.From(new ConfigurationBuilder().AddInMemoryCollection([new("Accounts:Enabled", enabled)]).Build(), "planner.db"), _reach, _time);
}
