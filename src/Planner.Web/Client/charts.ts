import ApexCharts from "apexcharts";

export const version = (): string => typeof ApexCharts;
