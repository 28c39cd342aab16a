using Darkroom.Simulator.Pictures;

namespace Darkroom.Simulator.Scenarios;

/// <summary>Scenarios of pictures and of the links to them.</summary>
internal static class PictureScenarios
{
    private const int Mebibyte = 1 << 20;

    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("jpeg", "a JPEG") { Jpeg = true },
        new("two-pictures", "two pictures in one task") { Pictures = 2 },
        new("four-pictures", "four pictures in one task") { Pictures = 4 },
        new("sixteen-pictures", "sixteen pictures in one task") { Pictures = 16 },
        new("one-megabyte", "a picture of 1 MiB") { PictureBytes = Mebibyte },
        new("fifty-megabytes", "a picture of 49 MiB") { PictureBytes = 49L * Mebibyte },
        new("oversize", "a picture of 60 MiB") { PictureBytes = 60L * Mebibyte },
        new(
            "oversize-unannounced",
            "60 MiB without a Content-Length") { PictureBytes = 60L * Mebibyte, Picture = request =>
                context => PictureFile.Serve(context, request, announce: false) },
        new("lying-type", "a PNG that is named .jpg and served as image/jpeg")
        {
            Links = link => link.Replace(".png", ".jpg", StringComparison.Ordinal),
            Picture = request => context => PictureFile.Serve(context, request, contentType: "image/jpeg"),
        },
        new(
            "no-type",
            "served as application/octet-stream") { Picture = request =>
                context => PictureFile.Serve(context, request, contentType: "application/octet-stream") },
        new("not-a-picture", "200 with a web page that is served as image/png")
        {
            Picture = _ => Replies.Body(200, "image/png", "<!DOCTYPE html><html><body>Sign in to continue</body></html>"),
        },
        new("damaged", "a file with an intact beginning and end, whose pixels cannot be decoded")
        {
            Picture = request => context => PictureFile.ServeDamaged(context, request),
        },
        new("empty-picture", "200 with an empty body") { Picture = _ => Replies.Body(200, "image/png", "") },
        new("bomb", "a file of a few kilobytes whose header declares 60000x60000 pixels") { Picture = _ => PictureFile.ServeBomb },
        new(
            "truncated",
            "half of the file, with a Content-Length to match") { Picture = request => context => PictureFile.ServeHalf(context, request) },
        new("picture-cut", "the connection drops half-way") { Picture = request => context => PictureFile.ServeCut(context, request) },
        new("picture-silence", "no answer until the caller times out") { Picture = _ => Replies.Silence() },
        new("picture-500", "500 from the picture host") { Picture = _ => Replies.Html(500) },
        new("picture-503", "503 from the picture host") { Picture = _ => Replies.Html(503) },
        new(
            "dead-first-link",
            "the first link of a task has expired, later links work") { Picture = request => request.LinkNumber == 1 ? LinkExpired : null },
        new("dead-link", "every link has expired") { Picture = _ => LinkExpired },
        new(
            "redirect",
            "a redirect to the picture on the same host") { Picture = request => context => PictureFile.Redirect(context, request) },
        new("redirect-away", "a redirect to a host that is not allowed") { Picture = _ => Away("https://example.com/picture.png") },
        new("redirect-home", "a redirect to a private address") { Picture = _ => Away("http://169.254.169.254/latest/meta-data") },
        new(
            "redirect-loop",
            "a redirect to itself") { Picture = _ => context => Away(context.Request.Path + context.Request.QueryString)(context) },
        new(
            "foreign-host",
            "links to a host that is not allowed") { Links = link => "https://pictures.example.com" + new Uri(link).PathAndQuery },
        new("private-host", "links to a private address") { Links = link => "https://169.254.169.254" + new Uri(link).PathAndQuery },
    ];

    /// <summary>The object store's answer to an expired link.</summary>
    internal static Reply LinkExpired { get; } = Replies.Body(
        403, "application/xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>");

    private static Reply Away(string address) => context =>
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    };
}
