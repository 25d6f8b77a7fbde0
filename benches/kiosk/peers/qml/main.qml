// The code and home in Qt 6 QML: qml main.qml -- BASE, where BASE is the address of the server.
import QtQuick
import QtQuick.Window
// Debian's package node-qrcode-generator.
import "file:///usr/share/nodejs/qrcode-generator/qrcode.js" as QR

Window {
    id: win
    visible: true
    visibility: Window.FullScreen
    color: "#101418"
    title: "kiosk-qml"
    // Pixels of a unit: the screens are drawn for 1920x1080.
    property real u: height / 1080
    property string base: Qt.application.arguments[Qt.application.arguments.length - 1]
    property var grant: null
    property real since: 0
    property int secondsLeft: 0
    property string token: ""
    property string userName: ""
    property var rows: []

    function post(path, form, done) {
        var request = new XMLHttpRequest();
        request.onreadystatechange = function () {
            if (request.readyState === XMLHttpRequest.DONE)
                done(request.status, request.responseText ? JSON.parse(request.responseText) : {});
        };
        request.open("POST", base + path);
        request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
        request.send(Object.keys(form).map(function (key) { return encodeURIComponent(key) + "=" + encodeURIComponent(form[key]); }).join("&"));
    }

    function get(path, done) {
        var request = new XMLHttpRequest();
        request.onreadystatechange = function () {
            if (request.readyState === XMLHttpRequest.DONE)
                done(JSON.parse(request.responseText));
        };
        request.open("GET", base + path);
        request.setRequestHeader("Authorization", "Bearer " + token);
        request.send();
    }

    Component.onCompleted: post("/oauth/device/code", { client_id: "kiosk", scope: "openid profile offline_access" }, function (status, answer) {
        var code = QR.qrcode(0, "M");
        code.addData(answer.verification_uri_complete);
        code.make();
        qr.source = code.createDataURL(4, 16);
        since = Date.now();
        secondsLeft = answer.expires_in;
        grant = answer;
        poll.interval = answer.interval * 1000;
        poll.start();
    })

    Timer {
        id: poll
        onTriggered: post("/oauth/token", { grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: grant.device_code, client_id: "kiosk" }, function (status, answer) {
            if (status === 200) {
                token = answer.access_token;
                win.get("/userinfo", function (user) { userName = user.name; });
                win.get("/api/items", function (library) { rows = library.rows; });
            } else {
                if (answer.error === "slow_down")
                    poll.interval += 5000;
                poll.start();
            }
        })
    }

    Timer {
        running: grant !== null && token === ""
        repeat: true
        interval: 1000
        onTriggered: secondsLeft = Math.max(0, Math.floor(grant.expires_in - (Date.now() - since) / 1000))
    }

    // The code.
    Item {
        anchors.fill: parent
        visible: token === ""
        Column {
            x: 80 * u
            anchors.verticalCenter: parent.verticalCenter
            spacing: 30 * u
            Text { color: "#f4f6f8"; font.pixelSize: 56 * u; font.bold: true; text: "Sign in on your phone" }
            Text { color: "#f4f6f8"; font.pixelSize: 40 * u; text: grant ? "Go to " + grant.verification_uri.replace(/^https?:\/\//, "") + " and enter this code" : " " }
            Text { color: "#f4f6f8"; font.pixelSize: 140 * u; font.family: "DejaVu Sans Mono"; font.bold: true; text: grant ? grant.user_code : " " }
            Rectangle {
                width: 900 * u; height: 16 * u; color: "#333"
                Rectangle { width: grant ? parent.width * secondsLeft / grant.expires_in : 0; height: parent.height; color: "#4da3ff" }
            }
            Text { color: "#f4f6f8"; font.pixelSize: 32 * u; text: grant ? "Expires in " + Math.floor(secondsLeft / 60) + ":" + ("0" + secondsLeft % 60).slice(-2) : " " }
        }
        Rectangle {
            color: "white"; width: 492 * u; height: 492 * u
            anchors { right: parent.right; rightMargin: 80 * u; verticalCenter: parent.verticalCenter }
            Image { id: qr; anchors.fill: parent; smooth: false; cache: false }
        }
    }

    // Home.
    Item {
        anchors.fill: parent
        visible: token !== ""
        Text { x: 60 * u; y: 30 * u; color: "#f4f6f8"; font.pixelSize: 48 * u; text: userName ? "Signed in as " + userName : "Signed in" }
        ListView {
            id: list
            y: 120 * u; width: parent.width; height: 960 * u; clip: true
            focus: true; keyNavigationEnabled: true; highlightMoveDuration: 0; interactive: false
            // One row, and one card, around what is seen.
            cacheBuffer: 310 * u
            model: rows
            property int column: 0
            delegate: Item {
                id: row
                property bool isCurrent: ListView.isCurrentItem
                property var library: modelData
                width: list.width; height: 310 * u
                Text { x: 60 * u; color: "#f4f6f8"; font.pixelSize: 28 * u; text: library.title }
                ListView {
                    x: 60 * u; y: 44 * u; width: parent.width - 60 * u; height: 260 * u
                    orientation: ListView.Horizontal; interactive: false; highlightMoveDuration: 0
                    cacheBuffer: 340 * u
                    model: library.items
                    currentIndex: row.isCurrent ? list.column : currentIndex
                    delegate: Item {
                        width: 340 * u; height: 260 * u
                        property bool isFocused: row.isCurrent && ListView.isCurrentItem
                        Rectangle { visible: isFocused; x: -6 * u; y: -6 * u; width: 332 * u; height: 192 * u; color: "#4da3ff" }
                        Rectangle { width: 320 * u; height: 180 * u; color: "#223" }
                        Image { width: 320 * u; height: 180 * u; asynchronous: true; source: base + modelData.image }
                        Text { y: 188 * u; color: "#f4f6f8"; font.pixelSize: 24 * u; text: modelData.title }
                        Text { y: 220 * u; color: "#99aabb"; font.pixelSize: 18 * u; text: modelData.subtitle }
                    }
                }
            }
            Keys.onRightPressed: if (column < rows[currentIndex].items.length - 1) column++
            Keys.onLeftPressed: if (column > 0) column--
        }
    }
}
