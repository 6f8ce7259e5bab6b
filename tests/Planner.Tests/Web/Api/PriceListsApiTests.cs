using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Planner.Tests.Web.Api;

/// <summary>Own price lists on an app of their own, as they change the catalog.</summary>
public class PriceListsApiTests(PriceListsApiTests.ListsHost host) : IClassFixture<PriceListsApiTests.ListsHost>
{
    private const string File = "Lieferant;Modell;Eingabe;Ausgabe\nacme;agreed;1,5;6\nacme;broken;x;6\n";

    private static readonly JsonObject Mapping = new() { ["seller"] = "Lieferant", ["model"] = "Modell", ["input"] = "Eingabe", ["output"] = "Ausgabe", ["decimalSign"] = "," };

    [Fact]
    public async Task List_is_looked_into_added_fed_changed_and_removed()
    {
        var look = await SendAsync("/feeds/lists/preview", File, mapping: Mapping);
        Assert.Equal(200, (int)look.Status);
        Assert.Equal((1, 2), ((int)look.Value("prices")!, look.Value("raw")!.AsArray().Count));
        Assert.Equal("row 3", (string)look.Value("refused")![0]!["key"]!);
        Assert.Equal(1.5m, (decimal)look.Value("lines")![0]!["prices"]!["inputUsdPerM"]!);
        Assert.Equal(("acme:agreed", null, null), ((string)look.Value("effects")![0]!["key"]!, look.Value("effects")![0]!["heldBack"], look.Value("effects")![0]!["standing"]));

        var added = await SendAsync("/feeds/lists", File, "Acme agreement", Mapping);
        Assert.Equal(201, (int)added.Status);
        var id = (string)added.Value("list")!["id"]!;
        Assert.Equal(("own-acme-agreement", "published", $"/api/v1/feeds/lists/{id}"), (id, (string)added.Value("run")!["status"]!, added.Message.Headers.Location!.ToString()));
        var price = await host.GetAsync("/catalog/prices/acme:agreed");
        Assert.Equal((6m, id), ((decimal)price.Value("prices")!["outputUsdPerM"]!, (string)price.Value("provenance")!["source"]!));

        var next = await SendAsync($"/feeds/{id}/import", File.Replace("1,5", "1,25", StringComparison.Ordinal));
        Assert.Equal(("published", 1), ((string)next.Value("status")!, (int)next.Value("changed")!));
        ApiClient.IsProblem(await host.PostAsync($"/feeds/{id}/refresh", null), 400, "id");
        var other = await SendAsync($"/feeds/{id}/import", "a;b\n1;2\n");
        Assert.Equal(("refused", "The file has no column Lieferant."), ((string)other.Value("status")!, (string)other.Value("reason")!));

        var edited = await host.PutAsync($"/feeds/lists/{id}", new JsonObject { ["name"] = "Acme 2027", ["mapping"] = Mapping.DeepClone() }, null);
        Assert.Equal("Acme 2027", (string)edited.Value("name")!);
        var listed = (await host.GetAsync("/feeds/lists")).Body!.AsArray().Single(list => (string)list!["id"]! == id)!;
        Assert.Equal(("Acme 2027", "Eingabe"), ((string)listed["name"]!, (string)listed["mapping"]!["input"]!));
        Assert.Contains(id, (await host.GetAsync("/feeds")).Body!.AsArray().Select(feed => (string)feed!["id"]!));

        var removed = await host.DeleteAsync($"/feeds/lists/{id}");
        Assert.Equal(("removal", 1), ((string)removed.Value("trigger")!, (int)removed.Value("retired")!));
        Assert.Equal(id, (string)(await host.GetAsync("/catalog/prices/acme:agreed")).Value("state")!["retiredBy"]!);
        Assert.Equal(4, (int)(await host.GetAsync($"/feeds/runs?feed={id}")).Value("total")!);
        ApiClient.IsProblem(await host.DeleteAsync($"/feeds/lists/{id}"), 404);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_its_field()
    {
        ApiClient.IsProblem(await SendAsync("/feeds/lists", File, "", Mapping), 400, "name");
        ApiClient.IsProblem(await SendAsync("/feeds/lists", "", "Empty", Mapping), 400, "file");
        ApiClient.IsProblem(await SendAsync("/feeds/lists", File, "Nothing mapped", new JsonObject { ["model"] = "Modell" }), 400, "file");
        ApiClient.IsProblem(await SendAsync("/feeds/lists", File, "Wrong kind", new JsonObject { ["unit"] = "perDozen" }), 400);
        ApiClient.IsProblem(await host.PostAsync("/feeds/lists", new JsonObject()), 415);
        ApiClient.IsProblem(await host.PutAsync("/feeds/lists/own-nobody", new JsonObject { ["name"] = "x", ["mapping"] = new JsonObject() }, null), 404);
        Assert.DoesNotContain("Nothing mapped", (await host.GetAsync("/feeds/lists")).Body!.AsArray().Select(list => (string)list!["name"]!));
    }

    private async Task<Answer> SendAsync(string path, string file, string? name = null, JsonObject? mapping = null)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "prices.csv" } };
        if (name is not null)
            form.Add(new StringContent(name), "name");
        if (mapping is not null)
            form.Add(new StringContent(mapping.ToJsonString()), "mapping");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1{path}") { Content = form };
        return await host.SendAsync(request);
    }

    public sealed class ListsHost : PlannerHost;
}
