using System.Text;

namespace Planner.Tests.Data.Feeds;

/// <summary>Small files in the forms of the feeds of machines. All prices are made up.</summary>
internal static class InstanceFixture
{
    internal const string Vantage = """
        [
          { "instance_type": "g5.12xlarge", "vCPU": 48, "memory": 192, "GPU": 4, "GPU_model": "NVIDIA A10G", "GPU_memory": 96, "arch": ["x86_64"],
            "pricing": {
              "us-east-1": {
                "dedicated": { "ondemand": "6.24", "reserved": { "yrTerm1Standard.noUpfront": "3.93" } },
                "linux": {
                  "ondemand": "5.672", "reserved": { "yrTerm1Standard.noUpfront": "3.573", "yrTerm1Standard.allUpfront": "3.336", "yrTerm3Standard.noUpfront": "2.45" },
                  "spot_avg": "2.137", "spot_min": "2.012", "spot_max": "2.487", "pct_interrupt": ">20%", "pct_savings_od": 65 },
                "mswin": { "ondemand": "7.88", "reserved": {}, "spot_avg": "4.1", "spot_min": "4.1", "spot_max": "4.1" },
                "ebs": true },
              "us-west-2-lax-1": { "linux": { "ondemand": "6.806", "reserved": {}, "spot_avg": "2.9", "pct_interrupt": "N/A" } },
              "eu-west-9": { "dedicated": { "ondemand": "6.9", "reserved": {} } }
            } },
          { "instance_type": "p4d.24xlarge", "vCPU": 96, "memory": 1152, "GPU": 8, "GPU_model": "NVIDIA A100", "GPU_memory": 320,
            "pricing": { "us-east-1": { "linux": { "ondemand": "21.957642", "reserved": {}, "spot_avg": "8.59", "spot_min": "5.1", "spot_max": "21.9", "pct_interrupt": "5-10%" } } } },
          { "instance_type": "g6f.xlarge", "vCPU": 4, "memory": 16, "GPU": 0.125, "GPU_model": "NVIDIA L4", "GPU_memory": 3,
            "pricing": { "us-east-1": { "linux": { "ondemand": "0.24", "reserved": {} } } } },
          { "instance_type": "m5.large", "vCPU": 2, "memory": 8, "GPU": 0, "GPU_model": null, "GPU_memory": 0, "pricing": { "us-east-1": { "linux": { "ondemand": "0.096", "reserved": {} } } } },
          { "instance_type": "p6e-gb200.36xlarge", "vCPU": 144, "memory": 960, "GPU": 36, "GPU_model": "NVIDIA B200", "GPU_memory": 6660, "pricing": {} }
        ]
        """;

    internal const string RunPod = """
        { "data": { "gpuTypes": [
          { "id": "NVIDIA A100-SXM4-80GB", "displayName": "A100 SXM", "memoryInGb": 80, "securePrice": 1.59, "communityPrice": 1.39 },
          { "id": "NVIDIA A100-SXM4-40GB", "displayName": "A100 SXM 40GB", "memoryInGb": 40, "securePrice": 0, "communityPrice": 1 },
          { "id": "AMD Instinct MI300X OAM", "displayName": "MI300X", "memoryInGb": 192, "securePrice": 2.39, "communityPrice": 0.5 },
          { "id": "NVIDIA GeForce RTX 3070", "displayName": "RTX 3070", "memoryInGb": 8, "securePrice": null, "communityPrice": 0.13 },
          { "id": "unknown", "displayName": "unknown", "memoryInGb": 0, "securePrice": 0, "communityPrice": 0 }
        ] } }
        """;

    internal const string SpotAdvisor = """
        { "instance_types": { "g5.xlarge": { "emr": true, "cores": 4, "ram_gb": 16.0 } },
          "ranges": [
            { "index": 0, "label": "<5%", "dots": 0, "max": 5 }, { "index": 1, "label": "5-10%", "dots": 1, "max": 11 }, { "index": 4, "label": ">20%", "dots": 4, "max": 100 },
            { "index": 5, "label": "once in a blue moon", "dots": 5, "max": 1 } ],
          "spot_advisor": {
            "us-east-1": {
              "Linux": { "g5.xlarge": { "s": 65, "r": 4 }, "g6.xlarge": { "s": 56, "r": 1 }, "g4dn.xlarge": { "s": -12, "r": 0 }, "odd.xlarge": { "s": 50, "r": 5 } },
              "Windows": { "g5.xlarge": { "s": 40, "r": 4 } } },
            "eu-west-1": { "Linux": { "g5.xlarge": { "s": 61, "r": 1 } }, "Windows": {} } } }
        """;

    internal const string Aws = """
        InstanceType,AcceleratorName,AcceleratorCount,vCPUs,MemoryGiB,GpuInfo,Price,SpotPrice,Region,AvailabilityZone,Arch
        g5.12xlarge,A10G,4.0,48.0,192.0,"{'Gpus': [{'Name': 'A10G', 'Count': 4, 'MemoryInfo': {'SizeInMiB': 22888}}], 'TotalGpuMemoryInMiB': 91552}",5.672,2.10,us-east-1,use1-az1,x86_64
        g5.12xlarge,A10G,4.0,48.0,192.0,"{'Gpus': [{'Name': 'A10G', 'Count': 4}]}",5.672,2.30,us-east-1,use1-az2,x86_64
        g5.12xlarge,A10G,4.0,48.0,192.0,"{'Gpus': [{'Name': 'A10G', 'Count': 4}]}",5.672,2.70,us-east-1,use1-az4,x86_64
        g5.12xlarge,A10G,4.0,48.0,192.0,"{'Gpus': [{'Name': 'A10G', 'Count': 4}]}",5.672,5.6720001,us-east-1,use1-az5,x86_64
        g5.12xlarge,A10G,4.0,48.0,192.0,"{'Gpus': [{'Name': 'A10G', 'Count': 4}]}",6.806,,us-east-1,use1-bos1-az1,x86_64
        p5.48xlarge,H100,8.0,192.0,2048.0,,55.04,20.5,us-east-1,use1-az1,x86_64
        p5.48xlarge,H100,8.0,192.0,2048.0,,55.04,21.5,us-east-1,use1-az2,x86_64
        p5e.48xlarge,H200,8.0,192.0,2048.0,,,63.296,us-east-2,use2-az1,x86_64
        mac2.metal,,,8.0,16.0,,,,us-east-1,use1-az1,arm64
        g5g.16xlarge,T4g,2.0,64.0,128.0,,2.744,1.0,us-east-1,use1-az1,arm64
        half.large,A10G,0.5,4.0,16.0,,0.5,0.2,us-east-1,use1-az1,x86_64

        """;

    internal const string Gcp = """
        InstanceType,vCPUs,MemoryGiB,AcceleratorName,AcceleratorCount,GpuInfo,Region,AvailabilityZone,Price,SpotPrice
        a2-highgpu-1g,12.0,85.0,,,,us-central1,us-central1-a,0.73948,0.37
        a2-highgpu-1g,12.0,85.0,,,,us-central1,us-central1-b,0.73948,0.37
        a2-highgpu-8g,96.0,680.0,,,,us-central1,us-central1-a,5.91586,2.96
        a2-highgpu-8g,96.0,680.0,,,,europe-west4,europe-west4-a,6.5,3.2
        a4-highgpu-8g,224.0,3968.0,,,,us-central1,us-central1-a,0.0,0.0
        n1-standard-8,8.0,30.0,,,,us-central1,us-central1-a,0.38,0.08
        ,,,A100,1,"{'Name': 'A100'}",us-central1,us-central1-a,2.93391,1.43
        ,,,A100,1,,us-central1,us-central1-c,2.93391,1.43
        ,,,A100,8,,us-central1,us-central1-a,23.47124,23.48
        ,,,B200,8,,us-central1,us-central1-a,90.216,34.2
        ,,,T4,1,,us-central1,us-central1-a,0.35,0.15

        """;

    internal const string Azure = """
        [
          { "BillingCurrency": "USD", "CustomerEntityId": "Default", "CustomerEntityType": "Retail", "Items": [
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 3.673, "unitPrice": 3.673, "armRegionName": "eastus", "location": "US East",
              "effectiveStartDate": "2022-06-01T00:00:00Z", "meterName": "NC24ads A100 v4", "productName": "Virtual Machines NCads A100 v4 Series", "skuName": "NC24ads A100 v4",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_NC24ads_A100_v4" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 7.777, "armRegionName": "eastus",
              "effectiveStartDate": "2022-06-01T00:00:00Z", "meterName": "NC24ads A100 v4", "productName": "Virtual Machines NCads A100 v4 Series Windows", "skuName": "NC24ads A100 v4",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_NC24ads_A100_v4" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 0.734, "armRegionName": "eastus",
              "effectiveStartDate": "2026-05-01T00:00:00Z", "meterName": "NC24ads A100 v4 Low Priority", "productName": "Virtual Machines NCads A100 v4 Series", "skuName": "NC24ads A100 v4 Low Priority",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_NC24ads_A100_v4" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 2.1, "armRegionName": "eastus",
              "effectiveStartDate": "2022-06-01T00:00:00Z", "meterName": "NC24ads A100 v4", "productName": "Virtual Machines NCads A100 v4 Series", "skuName": "NC24ads A100 v4",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "DevTestConsumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_NC24ads_A100_v4" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 0.096, "armRegionName": "eastus",
              "effectiveStartDate": "2022-06-01T00:00:00Z", "meterName": "D2s v5", "productName": "Virtual Machines Dsv5 Series", "skuName": "D2s v5",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_D2s_v5" }
          ], "NextPageLink": "https://prices.azure.com:443/api/retail/prices?$skip=1000", "Count": 5 },
          { "BillingCurrency": "USD", "Items": [
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 0.746721, "armRegionName": "eastus",
              "effectiveStartDate": "2026-05-01T00:00:00Z", "meterName": "NC24ads A100 v4 Spot", "productName": "Virtual Machines NCads A100 v4 Series", "skuName": "NC24ads A100 v4 Spot",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_NC24ads_A100_v4" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "reservationTerm": "1 Year", "retailPrice": 19710.0, "armRegionName": "eastus",
              "effectiveStartDate": "2022-06-01T00:00:00Z", "meterName": "NC24ads A100 v4", "productName": "Virtual Machines NCads A100 v4 Series", "skuName": "NC24ads A100 v4",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Reservation", "isPrimaryMeterRegion": true, "armSkuName": "Standard_NC24ads_A100_v4" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "reservationTerm": "3 Years", "retailPrice": 39420.0, "armRegionName": "eastus",
              "effectiveStartDate": "2022-06-01T00:00:00Z", "meterName": "NC24ads A100 v4", "productName": "Virtual Machines NCads A100 v4 Series", "skuName": "NC24ads A100 v4",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Reservation", "isPrimaryMeterRegion": true, "armSkuName": "Standard_NC24ads_A100_v4" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 98.32, "armRegionName": "usgovvirginia",
              "effectiveStartDate": "2024-01-01T00:00:00Z", "meterName": "ND96isr H100 v5", "productName": "Virtual Machines ND H100 v5 Series", "skuName": "ND96isr H100 v5",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_ND96isr_H100_v5" },
            { "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 0.0, "armRegionName": "usgovvirginia",
              "effectiveStartDate": "2024-01-01T00:00:00Z", "meterName": "ND96isr H100 v5 Spot", "productName": "Virtual Machines ND H100 v5 Series", "skuName": "ND96isr H100 v5 Spot",
              "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption", "isPrimaryMeterRegion": true, "armSkuName": "Standard_ND96isr_H100_v5" }
          ], "NextPageLink": null, "Count": 5 }
        ]
        """;

    internal static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));

    internal static byte[] Replace(string text, string old, string replacement)
    {
        var replaced = text.Replace(old, replacement, StringComparison.Ordinal);
        return replaced == text ? throw new ArgumentException("The fixture has no such text.", nameof(old)) : Bytes(replaced);
    }
}
