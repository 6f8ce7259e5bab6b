namespace Planner.Data.Usage;

/// <summary>Any other table: its columns are guessed by their names, for the user to put right.</summary>
internal sealed record OtherFormat() : UsageFormat("other", "")
{
    internal override string Name => UsageTexts.OtherFormat;

    internal override bool Fits(UsageTable table) => true;

    internal override UsageMapping MappingOf(UsageTable table)
    {
        if (table.Container == UsageContainer.JsonPage)
            throw new UsageRefusedException(UsageTexts.UnknownPage);
        var start = First("starttime", "timestamp", "time", "createdat", "created", "date", "day", "startedat", "requesttime", "requestcreatedat", "usagedate", "datetime", "ts");
        var id = First("requestid", "id", "callid", "spanid", "responseid", "messageid", "uuid");
        var requests = First("requests", "numrequests", "requestcount", "calls", "nummodelrequests", "apirequests", "successfulrequests");
        return new UsageMapping
        {
            RowIsRequest = requests is null,
            Id = requests is null ? id : null,
            Start = start,
            End = First("endtime", "endedat", "completedat", "finishedat"),
            FirstToken = First("completionstarttime", "firsttokenat", "firsttokentime"),
            Duration = First("durationms", "latencyms", "requestdurationms", "latency", "duration"),
            Ttft = First("ttftms", "ttft", "timetofirsttoken", "timetofirsttokenms"),
            Seller = First("provider", "seller", "vendor", "customllmprovider"),
            Model = First("model", "modelname", "modelid", "deployment"),
            Requests = requests,
            Failed = requests is null ? null : First("failedrequests", "failures", "errors"),
            Input = First("inputtokens", "prompttokens", "tokensin", "promptlength", "usageinputtokens", "genaiusageinputtokens", "input", "prompt"),
            CacheRead = First("cachereadtokens", "cachereadinputtokens", "cachedtokens", "inputcachedtokens", "promptcachereadtokens", "cachedinputtokens"),
            CacheWrite = First("cachewritetokens", "cachecreationinputtokens", "cachecreationtokens", "promptcachewritetokens") is { } write ? [write] : [],
            Output = First("outputtokens", "completiontokens", "tokensout", "generatedtokens", "genaiusageoutputtokens", "output", "completion"),
            Cost = First("costusd", "spend", "cost", "totalcost", "usd", "amountusd"),
            Currency = First("currency"),
            Status = requests is null ? First("status", "statuscode", "httpstatus", "success") is { } status && Letters(status) != "success" ? status : null : null,
            Batch = First("batch", "isbatch"),
        };

        string? First(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (table.Columns.FirstOrDefault(column => Letters(column) == name) is { } found)
                    return found;
            }

            return null;
        }
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
