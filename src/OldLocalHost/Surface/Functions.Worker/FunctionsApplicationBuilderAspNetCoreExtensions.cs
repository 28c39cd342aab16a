using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Lets HTTP functions take an ASP.NET Core request and give an <c>IResult</c> or an <c>IActionResult</c>.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.UsesAspNetCore)
        {
            builder.UsesAspNetCore = true;

            // MVC's services execute an IActionResult. The real worker adds its views too: they keep keys on disk, and no function has one.
            builder.Services.AddControllers();
        }

        return builder;
    }
}
