using System.Text;
using Planner.Domain.Usage;

namespace Planner.Tests.Data.Usage;

/// <summary>A small file of a format with its sums by hand.</summary>
/// <param name="Format">Id of the format.</param>
/// <param name="Content">The file.</param>
/// <param name="Totals">What it counts.</param>
/// <param name="Skipped">Rows of it that are no usage.</param>
/// <param name="StatedTokens">All tokens that it states somewhere, those of rows that are no usage included; 0 where it states no others than it counts.</param>
internal sealed record UsageSample(string Format, string Content, UsageTotals Totals, long Skipped = 0, long StatedTokens = 0)
{
    internal byte[] Bytes => Encoding.UTF8.GetBytes(Content);

    internal long MostTokens => Math.Max(StatedTokens, (Totals.InputTokens ?? 0) + (Totals.OutputTokens ?? 0));
}

/// <summary>A file of each format that is recognised, as its tool writes it.</summary>
internal static class UsageSamples
{
    internal static IReadOnlyDictionary<string, UsageSample> All { get; } = new Dictionary<string, UsageSample>
    {
        // The third request was answered by LiteLLM's own cache, with the tokens of the first answer.
        ["LiteLLM spend logs with its cache"] = new(
            "litellm-spend",
            """
            request_id,call_type,cache_hit,spend,prompt_tokens,completion_tokens,startTime,endTime,model,custom_llm_provider,status,messages
            r1,acompletion,False,0.25,1000,100,2026-11-02 08:00:00.000,2026-11-02 08:00:02.000,gpt-4o,openai,success,"{""a"": [1, 2]}"
            r2,acompletion,None,0.5,2000,200,2026-11-02 08:10:00.000,2026-11-02 08:10:02.000,gpt-4o,openai,success,{}
            r3,acompletion,True,0,1000,100,2026-11-02 09:00:00.000,2026-11-02 09:00:00.010,gpt-4o,openai,success,{}
            """,
            new(2, 0, null, 3000, null, null, 300, 0.75m), Skipped: 1, StatedTokens: 4400),
        ["LiteLLM spend logs"] = new(
            "litellm-spend",
            """
            request_id,call_type,spend,total_tokens,prompt_tokens,completion_tokens,startTime,endTime,completionStartTime,model,custom_llm_provider,status,messages
            r1,acompletion,0.25,1100,1000,100,2026-11-02 08:00:00.000,2026-11-02 08:00:02.000,2026-11-02 08:00:00.300,gpt-4o,openai,success,"{""a"": [1, 2]}"
            r2,acompletion,0,0,0,0,2026-11-02 09:00:00.000,2026-11-02 09:00:30.000,,gpt-4o,openai,failure,{}
            """,
            new(1, 1, null, 1000, null, null, 100, 0.25m)),
        ["LiteLLM daily table"] = new(
            "litellm-daily",
            """
            id,user_id,date,api_key,model,model_group,custom_llm_provider,mcp_namespaced_tool_name,endpoint,prompt_tokens,completion_tokens,cache_read_input_tokens,cache_creation_input_tokens,spend,api_requests,successful_requests,failed_requests
            1,u1,2026-11-02,k1,gpt-4o,gpt-4o,openai,,/chat/completions,10000,2000,4000,0,0.05,12,11,1
            2,u1,2026-11-02,k2,gpt-4o,gpt-4o,openai,,/chat/completions,500,100,0,0,0.002,1,1,0
            3,u2,2026-11-03,k3,claude-opus-4-1,opus,anthropic,,/v1/messages,3000,600,1000,500,0.02,3,3,0
            """,
            new(15, 1, null, 13_500, 5000, 500, 2700, 0.072m)),
        ["LiteLLM usage page"] = new(
            "litellm-export",
            """
            Date,Team,Team ID,Spend ($),Requests,Successful Requests,Failed Requests,Total Tokens,Prompt Tokens,Completion Tokens
            2026-11-02,Search,t1,"$1,234.5678","1,300","1,290",10,"1,250,000","1,000,000","250,000"
            2026-11-02,Ads,t2,0.5000,2,2,0,300,200,100
            """,
            new(1292, 10, null, 1_000_200, null, null, 250_100, 1235.0678m)),
        ["LiteLLM daily activity"] = new(
            "litellm-activity",
            """
            {"results": [
              {"date": "2026-11-02", "metrics": {"spend": 0.03, "prompt_tokens": 1500, "completion_tokens": 150, "cache_read_input_tokens": 400, "cache_creation_input_tokens": 100, "total_tokens": 1650, "successful_requests": 5, "failed_requests": 1, "api_requests": 6},
               "breakdown": {"mcp_servers": {}, "models": {
                 "gpt-4o": {"metrics": {"spend": 0.01, "prompt_tokens": 1000, "completion_tokens": 100, "cache_read_input_tokens": 400, "cache_creation_input_tokens": 0, "successful_requests": 2, "failed_requests": 1, "api_requests": 3}, "metadata": {}},
                 "eu.anthropic/claude \"3.5\"": {"metrics": {"spend": 0.02, "prompt_tokens": 500, "completion_tokens": 50, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 100, "successful_requests": 3, "failed_requests": 0, "api_requests": 3}, "metadata": {}}},
                "providers": {"openai": {"metrics": {"prompt_tokens": 1000, "completion_tokens": 100}, "metadata": {}}}}},
              {"date": "2026-11-03", "metrics": {"spend": 0.5, "prompt_tokens": 7, "completion_tokens": 3, "cache_read_input_tokens": 0, "cache_creation_input_tokens": 0, "successful_requests": 1, "failed_requests": 0, "api_requests": 1}, "breakdown": {"models": {}}}],
             "metadata": {"total_spend": 0.53, "total_api_requests": 7, "page": 1, "total_pages": 1, "has_more": false}}
            """,
            new(6, 1, null, 1507, 400, 100, 153, 0.53m), StatedTokens: 1660),
        ["OpenAI usage API"] = new(
            "openai-usage",
            """
            {"object":"page","data":[{"object":"bucket","start_time":1793606400,"end_time":1793610000,"results":[{"object":"organization.usage.completions.result","input_tokens":1000,"output_tokens":50,"input_cached_tokens":800,"num_model_requests":3,"project_id":"p1","user_id":null,"api_key_id":null,"model":"gpt-4o","batch":false},{"object":"organization.usage.completions.result","input_tokens":2000,"output_tokens":500,"input_cached_tokens":0,"num_model_requests":10,"project_id":"p1","user_id":null,"api_key_id":null,"model":"gpt-4o","batch":true}]},{"object":"bucket","start_time":1793610000,"end_time":1793613600,"results":[]}],"has_more":true,"next_page":"page_2"}
            {"object":"page","data":[{"object":"bucket","start_time":1793613600,"end_time":1793617200,"results":[{"object":"organization.usage.completions.result","input_tokens":7,"output_tokens":1,"input_cached_tokens":0,"num_model_requests":1,"project_id":"p2","user_id":null,"api_key_id":null,"model":"gpt-4o-mini","batch":false}]}],"has_more":false,"next_page":null}
            """,
            new(14, null, 10, 3007, 800, null, 551, null)),
        ["OpenAI dashboard"] = new(
            "openai-export",
            """
            start_time,end_time,start_time_iso,end_time_iso,project_id,num_model_requests,user_id,api_key_id,model,batch,service_tier,input_tokens,output_tokens,input_cached_tokens
            1793606400,1793606460,2026-11-02T08:00:00+00:00,2026-11-02T08:01:00+00:00,p1,2,,,gpt-4o,False,default,1500,200,1024
            1793606400,1793606460,2026-11-02T08:00:00+00:00,2026-11-02T08:01:00+00:00,p1,1,,,gpt-4o,False,flex,500,100,0
            1793606460,1793606520,2026-11-02T08:01:00+00:00,2026-11-02T08:02:00+00:00,p1,4,,,gpt-4o,True,default,400,40,0
            """,
            new(7, null, 4, 2400, 1024, null, 340, null)),
        ["OpenAI costs API"] = new(
            "openai-costs",
            """
            {"object":"page","data":[{"object":"bucket","start_time":1793577600,"end_time":1793664000,"results":[
              {"object":"organization.costs.result","amount":{"value":0.06,"currency":"usd"},"line_item":"gpt-4o, input","project_id":"p1"},
              {"object":"organization.costs.result","amount":{"value":"1.25","currency":"usd"},"line_item":"gpt-4o, output","project_id":"p1"},
              {"object":"organization.costs.result","amount":{"value":0.5,"currency":"usd"},"line_item":null,"project_id":"p2"}]}],"has_more":false,"next_page":null}
            """,
            new(null, null, null, null, null, null, null, 1.81m)),
        ["OpenAI costs export"] = new(
            "openai-costs",
            """
            start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,line_item,organization_id,project_id
            1793577600,1793664000,2026-11-02T00:00:00+00:00,2026-11-03T00:00:00+00:00,0.75,usd,"gpt-4o, input",o1,p1
            1793577600,1793664000,2026-11-02T00:00:00+00:00,2026-11-03T00:00:00+00:00,3,usd,"gpt-4o, output",o1,p1
            """,
            new(null, null, null, null, null, null, null, 3.75m)),
        ["Anthropic usage report"] = new(
            "anthropic-usage",
            """
            {"data":[{"starting_at":"2026-11-02T08:00:00Z","ending_at":"2026-11-02T09:00:00Z","results":[
              {"uncached_input_tokens":100,"cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":3},"cache_read_input_tokens":4000,"output_tokens":50,"server_tool_use":{"web_search_requests":1},"api_key_id":null,"workspace_id":"w1","model":"claude-opus-4-1","service_tier":"standard","context_window":"0-200k"},
              {"uncached_input_tokens":7,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"cache_read_input_tokens":0,"output_tokens":2,"server_tool_use":{"web_search_requests":0},"api_key_id":null,"workspace_id":"w2","model":"claude-opus-4-1","service_tier":"standard","context_window":"0-200k"}]},
              {"starting_at":"2026-11-02T09:00:00Z","ending_at":"2026-11-02T10:00:00Z","results":[]}],"has_more":false,"next_page":null}
            """,
            new(null, null, 0, 4130, 4000, 23, 52, null)),
        ["Anthropic console"] = new(
            "anthropic-export",
            """
            usage_date_utc,model_version,api_key,workspace,usage_type,context_window,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count,inference_geo,speed
            2026-11-02,claude-opus-4-1-20250805,key,Default,standard,≤ 200k,100,20,3,4000,50,1,global,standard
            2026-11-03,claude-opus-4-1-20250805,key,Default,standard,≤ 200k,10,0,0,0,5,0,global,standard
            """,
            new(null, null, 0, 4133, 4000, 23, 55, null)),
        ["Anthropic console, older"] = new(
            "anthropic-export",
            """
            usage_date_utc,model_version,api_key,workspace,usage_type,usage_input_tokens_no_cache,usage_input_tokens_cache_write,usage_input_tokens_cache_read,usage_output_tokens
            2026-11-02,claude-sonnet-4,key,Default,standard,100,25,400,50
            """,
            new(null, null, 0, 525, 400, 25, 50, null)),
        ["Anthropic cost report"] = new(
            "anthropic-costs",
            """
            {"data":[{"starting_at":"2026-11-02T00:00:00Z","ending_at":"2026-11-03T00:00:00Z","results":[
              {"currency":"USD","amount":"123.78912","workspace_id":"w1","description":"Claude Opus 4.1 Usage - Input Tokens","cost_type":"tokens","context_window":"0-200k","model":"claude-opus-4-1","service_tier":"standard","token_type":"uncached_input_tokens"},
              {"currency":"USD","amount":"76.21088","workspace_id":"w1","description":"Claude Opus 4.1 Usage - Output Tokens","cost_type":"tokens","context_window":"0-200k","model":"claude-opus-4-1","service_tier":"standard","token_type":"output_tokens"}]}],"has_more":false,"next_page":null}
            """,
            new(null, null, null, null, null, null, null, 2m)),
        ["DeepSeek"] = new(
            "deepseek",
            """
            user_id,start_time_iso,end_time_iso,model,api_key_name,api_key,type,price,amount
            u1,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,deepseek-chat,main,sk-1,input_cache_hit_tokens,0.00000007,3000
            u1,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,deepseek-chat,main,sk-1,input_cache_miss_tokens,0.00000027,1000
            u1,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,deepseek-chat,main,sk-1,output_tokens,0.0000011,500
            u1,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,deepseek-chat,main,sk-1,request_count,0,12
            u1,2026-11-03T00:00:00Z,2026-11-04T00:00:00Z,deepseek-chat,main,sk-1,input_cache_hit_tokens,0.00000007,0
            u1,2026-11-03T00:00:00Z,2026-11-04T00:00:00Z,deepseek-chat,main,sk-1,input_cache_miss_tokens,0.00000027,10
            u1,2026-11-03T00:00:00Z,2026-11-04T00:00:00Z,deepseek-chat,main,sk-1,output_tokens,0.0000011,5
            u1,2026-11-03T00:00:00Z,2026-11-04T00:00:00Z,deepseek-chat,main,sk-1,request_count,0,1
            """,
            new(13, null, null, 4010, 3000, null, 505, null)),
        // Disjoint, counted in (the total tells), with its reasoning apart, an embedding, a failure, and an agent that repeats the first.
        ["Langfuse page"] = new(
            "langfuse",
            """
            {"id":"o1","traceId":"t1","type":"GENERATION","startTime":"2026-11-02T08:00:00.000Z","endTime":"2026-11-02T08:00:04.000Z","completionStartTime":"2026-11-02T08:00:00.500Z","model":"gpt-4o","input":[{"role":"user","content":"a secret"}],"output":"hidden","level":"DEFAULT","usageDetails":{"input":200,"input_cached_tokens":800,"output":60,"output_reasoning_tokens":40,"total":1100},"totalCost":0.01,"latency":4}
            {"id":"o2","traceId":"t2","type":"GENERATION","startTime":"2026-11-02T08:10:00.000Z","endTime":"2026-11-02T08:10:01.000Z","completionStartTime":null,"model":"claude","input":null,"output":null,"level":"DEFAULT","usageDetails":{"input":500,"cache_read_input_tokens":300,"cache_creation_input_tokens":100,"output":50,"total":550},"totalCost":0.02,"latency":1}
            {"id":"o3","traceId":"t3","type":"EMBEDDING","startTime":"2026-11-02T08:20:00.000Z","endTime":"2026-11-02T08:20:01.000Z","completionStartTime":null,"model":"embed","level":"DEFAULT","usageDetails":{"input":30,"total":30},"totalCost":0.001,"latency":1}
            {"id":"o4","traceId":"t3","type":"GENERATION","startTime":"2026-11-02T08:30:00.000Z","endTime":"2026-11-02T08:30:09.000Z","completionStartTime":null,"model":"gpt-4o","level":"ERROR","usageDetails":{"input":0,"output":0,"total":0},"totalCost":0,"latency":9}
            {"id":"o5","traceId":"t1","type":"AGENT","startTime":"2026-11-02T08:00:00.000Z","endTime":"2026-11-02T08:00:05.000Z","completionStartTime":null,"model":null,"level":"DEFAULT","usageDetails":{"input":1000,"output":100,"total":1100},"totalCost":0.01,"latency":5}
            {"id":"o6","traceId":"t1","type":"SPAN","startTime":"2026-11-02T08:00:00.000Z","endTime":"2026-11-02T08:00:05.000Z","completionStartTime":null,"model":null,"level":"DEFAULT","usageDetails":{},"totalCost":null,"latency":5}
            """,
            new(3, 1, null, 1530, 1100, 100, 150, 0.031m), Skipped: 2, StatedTokens: 3180),
        ["Langfuse bucket"] = new(
            "langfuse",
            """"
            id,trace_id,project_id,environment,type,start_time,end_time,name,level,input,output,provided_model_name,usage_details,completion_start_time,total_cost
            o1,t1,p,default,GENERATION,2026-11-02 08:00:00.000000,2026-11-02 08:00:04.000000,chat,DEFAULT,"a, ""secret""",x,claude,"{""input"":10,""input_cached_tokens"":90,""output"":5}",2026-11-02 08:00:00.500000,0.5
            o2,t1,p,default,SPAN,2026-11-02 08:00:00.000000,2026-11-02 08:00:04.000000,step,DEFAULT,,,,{},,0
            """",
            new(1, 0, null, 100, 90, 0, 5, 0.5m), Skipped: 1),
        ["Helicone"] = new(
            "helicone",
            """
            {"request_id":"h1","request_created_at":"2026-11-02 08:00:00.000","response_created_at":"2026-11-02 08:00:02.000","model":"gpt-4o","provider":"OPENAI","status":200,"latency":2000,"time_to_first_token":300,"prompt_tokens":1000,"completion_tokens":100,"prompt_cache_read_tokens":600,"prompt_cache_write_tokens":0,"total_tokens":1100,"cost":2500000,"cached":false,"properties":{"a":"b"}}
            {"request_id":"h2","request_created_at":"2026-11-02 08:01:00.000","response_created_at":"2026-11-02 08:01:02.000","model":"claude","provider":"ANTHROPIC","status":200,"latency":2000,"time_to_first_token":0,"prompt_tokens":10,"completion_tokens":20,"prompt_cache_read_tokens":500,"prompt_cache_write_tokens":40,"total_tokens":30,"cost":0.125,"cached":false,"properties":{}}
            {"request_id":"h3","request_created_at":"2026-11-02 08:02:00.000","response_created_at":"2026-11-02 08:02:00.010","model":"gpt-4o","provider":"OPENAI","status":200,"latency":10,"time_to_first_token":0,"prompt_tokens":1000,"completion_tokens":100,"prompt_cache_read_tokens":0,"prompt_cache_write_tokens":0,"total_tokens":1100,"cost":0,"cached":true,"properties":{}}
            {"request_id":"h4","request_created_at":"2026-11-02 08:03:00.000","response_created_at":"2026-11-02 08:03:01.000","model":"gpt-4o","provider":"OPENAI","status":429,"latency":100,"time_to_first_token":0,"prompt_tokens":0,"completion_tokens":0,"prompt_cache_read_tokens":0,"prompt_cache_write_tokens":0,"total_tokens":0,"cost":0,"cached":false,"properties":{}}
            """,
            new(2, 1, null, 2150, 1100, 40, 120, 0.1275m), Skipped: 1, StatedTokens: 3370),
        ["ccusage daily"] = new(
            "ccusage",
            """
            {"daily":[
              {"date":"2026-11-02","inputTokens":30,"outputTokens":300,"cacheCreationTokens":500,"cacheReadTokens":7000,"totalTokens":7830,"totalCost":1.5,"modelsUsed":["opus","sonnet"],"modelBreakdowns":[
                {"modelName":"opus","inputTokens":10,"outputTokens":100,"cacheCreationTokens":200,"cacheReadTokens":3000,"cost":1},
                {"modelName":"sonnet","inputTokens":20,"outputTokens":200,"cacheCreationTokens":300,"cacheReadTokens":4000,"cost":0.5}]},
              {"date":"2026-11-03","inputTokens":1,"outputTokens":2,"cacheCreationTokens":3,"cacheReadTokens":4,"totalTokens":10,"totalCost":0.25,"modelsUsed":["opus"],"modelBreakdowns":[]}],
             "totals":{"inputTokens":31,"outputTokens":302,"cacheCreationTokens":503,"cacheReadTokens":7004,"totalTokens":7840,"totalCost":1.75}}
            """,
            new(null, null, null, 7538, 7004, 503, 302, 1.75m), StatedTokens: 7840),
        ["OTLP"] = new(
            "otlp",
            """
            {"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"app"}}]},"scopeSpans":[{"scope":{"name":"x"},"spans":[{"traceId":"t1","spanId":"s1","name":"chat gpt-4o","kind":3,"startTimeUnixNano":"1793606400000000000","endTimeUnixNano":"1793606402000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},{"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},{"key":"gen_ai.request.model","value":{"stringValue":"gpt-4o"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}},{"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"400"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":100}},{"key":"gen_ai.usage.cost","value":{"doubleValue":0.5}}],"status":{}},{"traceId":"t1","spanId":"s0","name":"invoke_agent","kind":1,"startTimeUnixNano":"1793606400000000000","endTimeUnixNano":"1793606403000000000","attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"invoke_agent"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"1000"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"100"}}],"status":{}}]}]}]}
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"t2","spanId":"s1","name":"anthropic.chat","startTimeUnixNano":"1793606500000000000","endTimeUnixNano":"1793606501000000000","attributes":[{"key":"gen_ai.system","value":{"stringValue":"anthropic"}},{"key":"gen_ai.response.model","value":{"stringValue":"claude"}},{"key":"gen_ai.prompt.0.content","value":{"stringValue":"a secret"}},{"key":"gen_ai.usage.prompt_tokens","value":{"intValue":"7"}},{"key":"gen_ai.usage.completion_tokens","value":{"intValue":"3"}},{"key":"gen_ai.usage.cost","value":{"doubleValue":0.25}}],"status":{"code":1}},{"traceId":"t3","spanId":"s1","name":"chat","startTimeUnixNano":"1793606600000000000","endTimeUnixNano":"1793606601000000000","attributes":[{"key":"gen_ai.request.model","value":{"stringValue":"claude"}},{"key":"gen_ai.system","value":{"stringValue":"anthropic"}}],"status":{"code":2}},{"traceId":"t3","spanId":"s2","name":"GET /","startTimeUnixNano":"1793606600000000000","endTimeUnixNano":"1793606601000000000","attributes":[{"key":"http.method","value":{"stringValue":"GET"}}],"status":{}}]}]}]}
            """,
            new(2, 1, null, 1007, 400, 0, 103, 0.75m), Skipped: 2, StatedTokens: 2210),
        ["Spans as a table"] = new(
            "spans",
            """
            trace_id,span_id,parent_id,name,start_time,end_time,status_code,attributes.gen_ai.system,attributes.gen_ai.request.model,attributes.gen_ai.usage.input_tokens,attributes.gen_ai.usage.output_tokens
            t1,s1,,chat,2026-11-02T08:00:00.123456789Z,2026-11-02T08:00:02.123456789Z,OK,openai,gpt-4o,1000,100
            t1,s2,,GET,2026-11-02T08:00:00.123456789Z,2026-11-02T08:00:02.123456789Z,OK,,,,
            t2,s1,,chat,2026-11-02T08:05:00Z,2026-11-02T08:05:02Z,OK,openai,gpt-4o,20,2
            """,
            new(2, 0, null, 1020, 0, 0, 102, null), Skipped: 1),
        ["FOCUS bill"] = new(
            "focus",
            """
            BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,ConsumedQuantity,ConsumedUnit,PricingQuantity,PricingUnit,ProviderName,ServiceName,SkuId,SkuMeter
            0,2.5,USD,Usage,,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,1500,1K Tokens,1500,1K,Microsoft,Azure OpenAI,a,gpt 4o 0806 Inp glbl Tokens
            0.5,0.5,USD,Usage,,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,400,1K Tokens,400,1K,Microsoft,Azure OpenAI,b,gpt 4o 0806 cchd Inp glbl Tokens
            1,1,USD,Usage,,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,,,0.25,1M tokens,Microsoft,Azure OpenAI,c,gpt 4o 0806 Outp glbl Tokens
            9,9,USD,Usage,,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,24,Hours,24,Hours,Microsoft,Virtual Machines,d,D4s v5
            3,0,USD,Purchase,Tokens bought ahead,2026-11-02T00:00:00Z,2026-11-03T00:00:00Z,,,1,Units,Microsoft,Azure OpenAI,e,Commitment
            """,
            new(null, null, null, 1_900_000, 400_000, 0, 250_000, 4m), Skipped: 2),
    };
}
